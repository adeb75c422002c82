# The small twin: everything as in production, one of each, and nothing that costs money at night.
module "covibe" {
  source = "../../modules/covibe"

  project          = var.project
  region           = var.region
  name             = "covibe-rehearsal"
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

  min_instances             = 0
  max_instances             = 2
  always_cpu                = false
  database_tier             = "db-custom-1-3840"
  database_highly_available = false
  deletion_protection       = false
  monthly_budget            = 100
}
