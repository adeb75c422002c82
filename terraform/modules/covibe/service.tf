locals {
  uploads = "/uploads"
  ca      = "/secrets/database"

  # Private network, encrypted, and only with the certificate of this very database.
  database_url = "jdbc:postgresql://${google_sql_database_instance.main.private_ip_address}:5432/${google_sql_database.covibe.name}?currentSchema=covibe&sslmode=verify-ca&sslrootcert=${local.ca}/ca.pem"

  database_environment = {
    COVIBE_DATABASE_URL  = local.database_url
    COVIBE_DATABASE_USER = "covibe_app"
    COVIBE_AUTH          = "workos"
    COVIBE_HOSTED_URL    = "https://${var.host}"
    COVIBE_DATA          = "/tmp/covibe"
  }

  service_environment = merge(local.database_environment, {
    COVIBE_HOST          = "0.0.0.0"
    COVIBE_DATABASE_POOL = tostring(var.database_pool)
    COVIBE_UPLOAD_DIR    = local.uploads
    COVIBE_SCHEDULE      = var.always_cpu ? "on" : "off"
    # The load balancer and Cloud Run's own front end.
    COVIBE_PROXY_HOPS = "2"
    WORKOS_CLIENT_ID  = var.workos_client_id
  })

  service_secrets = {
    COVIBE_SECRET            = "app-secret"
    COVIBE_DATABASE_PASSWORD = "runtime-database-password"
    WORKOS_API_KEY           = "workos-api-key"
    WORKOS_WEBHOOK_SECRET    = "workos-webhook-secret"
  }

  migrate_secrets = {
    COVIBE_SECRET                  = "app-secret"
    COVIBE_DATABASE_PASSWORD       = "runtime-database-password"
    COVIBE_OWNER_DATABASE_PASSWORD = "migrator-database-password"
  }

  maintain_secrets = {
    COVIBE_SECRET            = "app-secret"
    COVIBE_DATABASE_PASSWORD = "runtime-database-password"
    WORKOS_API_KEY           = "workos-api-key"
  }
}

resource "google_cloud_run_v2_service" "main" {
  project             = var.project
  name                = var.name
  location            = var.region
  ingress             = "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER"
  deletion_protection = var.deletion_protection

  template {
    service_account                  = google_service_account.runtime.email
    execution_environment            = "EXECUTION_ENVIRONMENT_GEN2"
    max_instance_request_concurrency = var.concurrency
    session_affinity                 = false
    # Event streams live this long; browsers and companions then connect again.
    timeout = "3600s"

    scaling {
      min_instance_count = var.min_instances
      max_instance_count = var.max_instances
    }

    vpc_access {
      egress = "PRIVATE_RANGES_ONLY"

      network_interfaces {
        network    = google_compute_network.main.id
        subnetwork = google_compute_subnetwork.service.id
      }
    }

    volumes {
      name = "uploads"

      gcs {
        bucket    = google_storage_bucket.uploads.name
        read_only = false
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
      args  = ["serve"]

      ports {
        container_port = 8080
      }

      resources {
        limits = {
          cpu    = var.cpu
          memory = var.memory
        }
        cpu_idle          = !var.always_cpu
        startup_cpu_boost = true
      }

      dynamic "env" {
        for_each = local.service_environment
        content {
          name  = env.key
          value = env.value
        }
      }

      dynamic "env" {
        for_each = local.service_secrets
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
        name       = "uploads"
        mount_path = local.uploads
      }

      volume_mounts {
        name       = "database-ca"
        mount_path = local.ca
      }

      startup_probe {
        initial_delay_seconds = 0
        period_seconds        = 1
        timeout_seconds       = 1
        failure_threshold     = 60

        http_get {
          path = "/q/health/started"
          port = 8080
        }
      }

      liveness_probe {
        period_seconds    = 15
        timeout_seconds   = 5
        failure_threshold = 4

        http_get {
          path = "/q/health/live"
          port = 8080
        }
      }
    }
  }

  # Images and traffic belong to the build, which deploys without traffic first.
  lifecycle {
    ignore_changes = [template[0].containers[0].image, template[0].revision, traffic, client, client_version]
  }

  depends_on = [
    google_secret_manager_secret_iam_member.runtime,
    google_secret_manager_secret_version.app_secret,
    google_secret_manager_secret_version.runtime_database_password,
    google_secret_manager_secret_version.workos_api_key,
    google_secret_manager_secret_version.workos_webhook_secret,
    google_secret_manager_secret_version.database_ca,
  ]
}
