# One secret for each value, so that each account can be let in to exactly those it needs.

locals {
  secret_names = toset([
    "app-secret",
    "runtime-database-password",
    "migrator-database-password",
    "workos-api-key",
    "workos-webhook-secret",
    "database-ca",
  ])
}

resource "google_secret_manager_secret" "main" {
  for_each  = local.secret_names
  project   = var.project
  secret_id = "${var.name}-${each.key}"

  replication {
    user_managed {
      replicas {
        location = var.region
      }
    }
  }
}

resource "google_secret_manager_secret_version" "app_secret" {
  secret                 = google_secret_manager_secret.main["app-secret"].id
  secret_data_wo         = var.app_secret
  secret_data_wo_version = var.secret_version
}

resource "google_secret_manager_secret_version" "runtime_database_password" {
  secret                 = google_secret_manager_secret.main["runtime-database-password"].id
  secret_data_wo         = var.runtime_database_password
  secret_data_wo_version = var.secret_version
}

resource "google_secret_manager_secret_version" "migrator_database_password" {
  secret                 = google_secret_manager_secret.main["migrator-database-password"].id
  secret_data_wo         = var.migrator_database_password
  secret_data_wo_version = var.secret_version
}

resource "google_secret_manager_secret_version" "workos_api_key" {
  secret                 = google_secret_manager_secret.main["workos-api-key"].id
  secret_data_wo         = var.workos_api_key
  secret_data_wo_version = var.secret_version
}

resource "google_secret_manager_secret_version" "workos_webhook_secret" {
  secret                 = google_secret_manager_secret.main["workos-webhook-secret"].id
  secret_data_wo         = var.workos_webhook_secret
  secret_data_wo_version = var.secret_version
}

# A certificate, not a secret; it stands here because this is how a file gets into a container.
resource "google_secret_manager_secret_version" "database_ca" {
  secret      = google_secret_manager_secret.main["database-ca"].id
  secret_data = google_sql_database_instance.main.server_ca_cert[0].cert
}
