# Who may do what. Each account is used in one place and can do that alone.

resource "google_service_account" "runtime" {
  project      = var.project
  account_id   = "${var.name}-run"
  display_name = "Co-Vibe, the service and its background work"
}

resource "google_service_account" "migrate" {
  project      = var.project
  account_id   = "${var.name}-migrate"
  display_name = "Co-Vibe, the migrate job"
}

resource "google_service_account" "build" {
  project      = var.project
  account_id   = "${var.name}-build"
  display_name = "Co-Vibe, builds and deploys"
}

resource "google_service_account" "schedule" {
  project      = var.project
  account_id   = "${var.name}-schedule"
  display_name = "Co-Vibe, starts the maintain job"
}

resource "google_secret_manager_secret_iam_member" "runtime" {
  for_each = toset([
    "app-secret",
    "runtime-database-password",
    "workos-api-key",
    "workos-webhook-secret",
    "database-ca",
  ])
  project   = var.project
  secret_id = google_secret_manager_secret.main[each.key].secret_id
  role      = "roles/secretmanager.secretAccessor"
  member    = google_service_account.runtime.member
}

# The migrate job needs the server's password too: it gives it to the role.
resource "google_secret_manager_secret_iam_member" "migrate" {
  for_each = toset([
    "app-secret",
    "runtime-database-password",
    "migrator-database-password",
    "database-ca",
  ])
  project   = var.project
  secret_id = google_secret_manager_secret.main[each.key].secret_id
  role      = "roles/secretmanager.secretAccessor"
  member    = google_service_account.migrate.member
}

resource "google_storage_bucket_iam_member" "runtime_uploads" {
  bucket = google_storage_bucket.uploads.name
  role   = "roles/storage.objectUser"
  member = google_service_account.runtime.member
}

resource "google_artifact_registry_repository_iam_member" "build" {
  project    = var.project
  location   = var.region
  repository = google_artifact_registry_repository.images.name
  role       = "roles/artifactregistry.writer"
  member     = google_service_account.build.member
}

resource "google_project_iam_member" "build_logs" {
  project = var.project
  role    = "roles/logging.logWriter"
  member  = google_service_account.build.member
}

resource "google_cloud_run_v2_service_iam_member" "build_deploys" {
  project  = var.project
  location = var.region
  name     = google_cloud_run_v2_service.main.name
  role     = "roles/run.developer"
  member   = google_service_account.build.member
}

resource "google_cloud_run_v2_job_iam_member" "build_migrates" {
  project  = var.project
  location = var.region
  name     = google_cloud_run_v2_job.migrate.name
  role     = "roles/run.developer"
  member   = google_service_account.build.member
}

resource "google_cloud_run_v2_job_iam_member" "build_updates_maintain" {
  project  = var.project
  location = var.region
  name     = google_cloud_run_v2_job.maintain.name
  role     = "roles/run.developer"
  member   = google_service_account.build.member
}

resource "google_service_account_iam_member" "build_acts_as" {
  for_each = {
    runtime = google_service_account.runtime.name
    migrate = google_service_account.migrate.name
  }
  service_account_id = each.value
  role               = "roles/iam.serviceAccountUser"
  member             = google_service_account.build.member
}

resource "google_cloud_run_v2_job_iam_member" "schedule_runs_maintain" {
  project  = var.project
  location = var.region
  name     = google_cloud_run_v2_job.maintain.name
  role     = "roles/run.invoker"
  member   = google_service_account.schedule.member
}

# People sign in to the application itself; Cloud Run lets every request through to it.
resource "google_cloud_run_v2_service_iam_member" "everybody" {
  project  = var.project
  location = var.region
  name     = google_cloud_run_v2_service.main.name
  role     = "roles/run.invoker"
  member   = "allUsers"
}
