resource "google_sql_database_instance" "main" {
  project             = var.project
  name                = var.name
  region              = var.region
  database_version    = "POSTGRES_17"
  deletion_protection = var.deletion_protection
  depends_on          = [google_service_networking_connection.database]

  settings {
    tier                        = var.database_tier
    edition                     = "ENTERPRISE"
    availability_type           = var.database_highly_available ? "REGIONAL" : "ZONAL"
    disk_autoresize             = true
    disk_type                   = "PD_SSD"
    deletion_protection_enabled = var.deletion_protection

    ip_configuration {
      ipv4_enabled    = false
      private_network = google_compute_network.main.id
      ssl_mode        = "ENCRYPTED_ONLY"
    }

    backup_configuration {
      enabled                        = true
      start_time                     = "02:00"
      point_in_time_recovery_enabled = true
      transaction_log_retention_days = 7

      backup_retention_settings {
        retained_backups = 30
        retention_unit   = "COUNT"
      }
    }

    maintenance_window {
      day          = 7
      hour         = 3
      update_track = "stable"
    }

    insights_config {
      query_insights_enabled  = true
      record_application_tags = false
      record_client_address   = false
    }
  }
}

resource "google_sql_database" "covibe" {
  project         = var.project
  name            = "covibe"
  instance        = google_sql_database_instance.main.name
  deletion_policy = "ABANDON"
}

# The only role that Terraform makes: roles made here get cloudsqlsuperuser, which the server must never have. The migrate job
# makes covibe_owner, who cannot log in and owns the tables, and covibe_app, which the server runs as and which owns nothing.
resource "google_sql_user" "migrator" {
  project             = var.project
  name                = "covibe_migrator"
  instance            = google_sql_database_instance.main.name
  password_wo         = var.migrator_database_password
  password_wo_version = var.secret_version
  deletion_policy     = "ABANDON"
}
