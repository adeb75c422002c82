# terraform test, in modules/covibe. No account and no network but the registry's are needed: the provider is a mock.

mock_provider "google" {
  mock_resource "google_sql_database_instance" {
    defaults = {
      private_ip_address = "10.1.0.3"
      server_ca_cert     = [{ cert = "-----BEGIN CERTIFICATE-----" }]
    }
  }

  mock_resource "google_service_account" {
    defaults = {
      name   = "projects/a-project/serviceAccounts/some@a-project.iam.gserviceaccount.com"
      email  = "some@a-project.iam.gserviceaccount.com"
      member = "serviceAccount:some@a-project.iam.gserviceaccount.com"
    }
  }
}

variables {
  project                    = "a-project"
  region                     = "europe-west1"
  name                       = "covibe"
  host                       = "co-vibe.example.com"
  image                      = "europe-west1-docker.pkg.dev/a-project/covibe/covibe:1"
  workos_client_id           = "client_1"
  secret_version             = 1
  app_secret                 = "only-for-this-test-0123456789abcdef"
  runtime_database_password  = "only-for-this-test"
  migrator_database_password = "only-for-this-test"
  workos_api_key             = "only-for-this-test"
  workos_webhook_secret      = "only-for-this-test"
  min_instances              = 1
  max_instances              = 4
  always_cpu                 = true
  database_tier              = "db-custom-2-7680"
  database_highly_available  = true
  deletion_protection        = true
  alert_email                = "ops@example.com"
  billing_account            = "000000-000000-000000"
  monthly_budget             = 600
}

run "production" {
  command = apply

  assert {
    condition     = google_cloud_run_v2_service.main.template[0].containers[0].resources[0].cpu_idle == false
    error_message = "With always_cpu the server keeps its CPU between requests."
  }

  assert {
    condition     = length(google_cloud_scheduler_job.maintain) == 0
    error_message = "With always_cpu nothing starts the maintain job."
  }

  assert {
    condition     = !contains(keys(google_secret_manager_secret_iam_member.runtime), "migrator-database-password")
    error_message = "The server must not read the migrator's password."
  }

  assert {
    condition     = google_sql_database_instance.main.settings[0].ip_configuration[0].ipv4_enabled == false
    error_message = "The database has no public address."
  }
}

run "without_cpu_between_requests" {
  command = apply

  variables {
    always_cpu    = false
    min_instances = 0
  }

  assert {
    condition     = length(google_cloud_scheduler_job.maintain) == 1
    error_message = "Somebody must start the background work."
  }
}

run "an_origin_is_not_a_host" {
  command = plan

  variables {
    host = "https://co-vibe.example.com/"
  }

  expect_failures = [var.host]
}
