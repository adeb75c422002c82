# The load balancer is the only way in. candidate.<host> leads to the revision that is being tried before it gets traffic.

locals {
  candidate_host = "candidate.${var.host}"
  certificate    = "${var.name}-${substr(sha256(var.host), 0, 8)}"
}

resource "google_compute_global_address" "front" {
  project = var.project
  name    = "${var.name}-front"
}

resource "google_compute_region_network_endpoint_group" "service" {
  project               = var.project
  name                  = "${var.name}-service"
  region                = var.region
  network_endpoint_type = "SERVERLESS"

  cloud_run {
    service = google_cloud_run_v2_service.main.name
  }
}

resource "google_compute_region_network_endpoint_group" "candidate" {
  project               = var.project
  name                  = "${var.name}-candidate"
  region                = var.region
  network_endpoint_type = "SERVERLESS"

  cloud_run {
    service = google_cloud_run_v2_service.main.name
    tag     = "candidate"
  }
}

resource "google_compute_backend_service" "service" {
  project               = var.project
  name                  = "${var.name}-service"
  load_balancing_scheme = "EXTERNAL_MANAGED"
  protocol              = "HTTPS"

  backend {
    group = google_compute_region_network_endpoint_group.service.id
  }
}

resource "google_compute_backend_service" "candidate" {
  project               = var.project
  name                  = "${var.name}-candidate"
  load_balancing_scheme = "EXTERNAL_MANAGED"
  protocol              = "HTTPS"

  backend {
    group = google_compute_region_network_endpoint_group.candidate.id
  }
}

resource "google_compute_url_map" "front" {
  project         = var.project
  name            = "${var.name}-front"
  default_service = google_compute_backend_service.service.id

  host_rule {
    hosts        = [local.candidate_host]
    path_matcher = "candidate"
  }

  path_matcher {
    name            = "candidate"
    default_service = google_compute_backend_service.candidate.id
  }
}

resource "google_compute_managed_ssl_certificate" "front" {
  project = var.project
  name    = local.certificate

  managed {
    domains = [var.host, local.candidate_host]
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "google_compute_ssl_policy" "front" {
  project         = var.project
  name            = "${var.name}-front"
  profile         = "MODERN"
  min_tls_version = "TLS_1_2"
}

resource "google_compute_target_https_proxy" "front" {
  project          = var.project
  name             = "${var.name}-front"
  url_map          = google_compute_url_map.front.id
  ssl_certificates = [google_compute_managed_ssl_certificate.front.id]
  ssl_policy       = google_compute_ssl_policy.front.id
}

resource "google_compute_global_forwarding_rule" "https" {
  project               = var.project
  name                  = "${var.name}-https"
  load_balancing_scheme = "EXTERNAL_MANAGED"
  ip_address            = google_compute_global_address.front.id
  port_range            = "443"
  target                = google_compute_target_https_proxy.front.id
}

resource "google_compute_url_map" "to_https" {
  project = var.project
  name    = "${var.name}-to-https"

  default_url_redirect {
    https_redirect         = true
    redirect_response_code = "MOVED_PERMANENTLY_DEFAULT"
    strip_query            = false
  }
}

resource "google_compute_target_http_proxy" "to_https" {
  project = var.project
  name    = "${var.name}-to-https"
  url_map = google_compute_url_map.to_https.id
}

resource "google_compute_global_forwarding_rule" "http" {
  project               = var.project
  name                  = "${var.name}-http"
  load_balancing_scheme = "EXTERNAL_MANAGED"
  ip_address            = google_compute_global_address.front.id
  port_range            = "80"
  target                = google_compute_target_http_proxy.to_https.id
}
