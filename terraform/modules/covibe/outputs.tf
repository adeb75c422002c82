output "origin" {
  description = "Where people reach it. WorkOS must allow <origin>/callback and nothing else."
  value       = "https://${var.host}"
}

output "address" {
  description = "IPv4 address that the DNS of the host and of candidate.<host> must name."
  value       = google_compute_global_address.front.address
}

output "registry" {
  description = "Where the build pushes images."
  value       = "${var.region}-docker.pkg.dev/${var.project}/${google_artifact_registry_repository.images.repository_id}"
}

output "build_account" {
  description = "The service account that the Cloud Build trigger runs as."
  value       = google_service_account.build.email
}

output "service" {
  description = "Name of the Cloud Run service, for the build's substitutions."
  value       = google_cloud_run_v2_service.main.name
}

output "migrate_job" {
  description = "Name of the job that brings the database to an image's schema."
  value       = google_cloud_run_v2_job.migrate.name
}

output "maintain_job" {
  description = "Name of the job that does background work where the service has no CPU for it."
  value       = google_cloud_run_v2_job.maintain.name
}
