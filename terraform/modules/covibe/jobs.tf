# The same image as the service, with another command.

resource "google_cloud_run_v2_job" "migrate" {
  project             = var.project
  name                = "${var.name}-migrate"
  location            = var.region
  deletion_protection = false

  template {
    template {
      service_account = google_service_account.migrate.email
      max_retries     = 0
      timeout         = "3600s"

      vpc_access {
        egress = "PRIVATE_RANGES_ONLY"

        network_interfaces {
          network    = google_compute_network.main.id
          subnetwork = google_compute_subnetwork.service.id
        }
      }

      volumes {
        name = "database-ca"

        secret {
          secret = google_secret_manager_secret.main["database-ca"].secret_id

          items {
            version = "latest"
            path    = "ca.pem"
          }
        }
      }

      containers {
        image = var.image
        args  = ["migrate"]

        dynamic "env" {
          for_each = merge(local.database_environment, { COVIBE_OWNER_DATABASE_USER = google_sql_user.migrator.name })
          content {
            name  = env.key
            value = env.value
          }
        }

        dynamic "env" {
          for_each = local.migrate_secrets
          content {
            name = env.key
            value_source {
              secret_key_ref {
                secret  = google_secret_manager_secret.main[env.value].secret_id
                version = "latest"
              }
            }
          }
        }

        volume_mounts {
          name       = "database-ca"
          mount_path = local.ca
        }
      }
    }
  }

  lifecycle {
    ignore_changes = [template[0].template[0].containers[0].image, client, client_version]
  }

  depends_on = [
    google_secret_manager_secret_iam_member.migrate,
    google_secret_manager_secret_version.app_secret,
    google_secret_manager_secret_version.runtime_database_password,
    google_secret_manager_secret_version.migrator_database_password,
    google_secret_manager_secret_version.database_ca,
  ]
}

# Background work where the service has no CPU between requests; see docs/operations/maintain.md.
resource "google_cloud_run_v2_job" "maintain" {
  project             = var.project
  name                = "${var.name}-maintain"
  location            = var.region
  deletion_protection = false

  template {
    template {
      service_account = google_service_account.runtime.email
      max_retries     = 1
      timeout         = "1800s"

      vpc_access {
        egress = "PRIVATE_RANGES_ONLY"

        network_interfaces {
          network    = google_compute_network.main.id
          subnetwork = google_compute_subnetwork.service.id
        }
      }

      volumes {
        name = "database-ca"

        secret {
          secret = google_secret_manager_secret.main["database-ca"].secret_id

          items {
            version = "latest"
            path    = "ca.pem"
          }
        }
      }

      containers {
        image = var.image
        args  = ["maintain", "--due"]

        dynamic "env" {
          for_each = merge(local.database_environment, { WORKOS_CLIENT_ID = var.workos_client_id })
          content {
            name  = env.key
            value = env.value
          }
        }

        dynamic "env" {
          for_each = local.maintain_secrets
          content {
            name = env.key
            value_source {
              secret_key_ref {
                secret  = google_secret_manager_secret.main[env.value].secret_id
                version = "latest"
              }
            }
          }
        }

        volume_mounts {
          name       = "database-ca"
          mount_path = local.ca
        }
      }
    }
  }

  lifecycle {
    ignore_changes = [template[0].template[0].containers[0].image, client, client_version]
  }

  depends_on = [
    google_secret_manager_secret_iam_member.runtime,
    google_secret_manager_secret_version.app_secret,
    google_secret_manager_secret_version.runtime_database_password,
    google_secret_manager_secret_version.workos_api_key,
    google_secret_manager_secret_version.database_ca,
  ]
}

resource "google_cloud_scheduler_job" "maintain" {
  count            = var.always_cpu ? 0 : 1
  project          = var.project
  region           = var.region
  name             = "${var.name}-maintain"
  schedule         = "*/5 * * * *"
  time_zone        = "Etc/UTC"
  attempt_deadline = "60s"

  http_target {
    http_method = "POST"
    uri         = "https://run.googleapis.com/v2/${google_cloud_run_v2_job.maintain.id}:run"

    oauth_token {
      service_account_email = google_service_account.schedule.email
    }
  }
}
