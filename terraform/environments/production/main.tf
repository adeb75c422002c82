# What the team works with: always up, background work in the server, a standby of the database.
module "covibe" {
  source = "../../modules/covibe"

  project          = var.project
  region           = var.region
  name             = "covibe"
  host             = var.host
  image            = var.image
  workos_client_id = var.workos_client_id
  alert_email      = var.alert_email
  billing_account  = var.billing_account

  secret_version             = var.secret_version
  app_secret                 = var.app_secret
  runtime_database_password  = var.runtime_database_password
  migrator_database_password = var.migrator_database_password
  workos_api_key             = var.workos_api_key
  workos_webhook_secret      = var.workos_webhook_secret

  min_instances             = 1
  max_instances             = 4
  always_cpu                = true
  database_tier             = "db-custom-2-7680"
  database_highly_available = true
  deletion_protection       = true
  monthly_budget            = 600
}
