terraform {
  required_version = ">= 1.11"

  required_providers {
    google = {
      source  = "hashicorp/google"
      version = "~> 6.50"
    }
  }

  # terraform init -backend-config="bucket=<bucket for the state>"
  backend "gcs" {
    prefix = "co-vibe/rehearsal"
  }
}

provider "google" {
  project = var.project
  region  = var.region
  # Budgets are asked of the billing account by way of a project.
  billing_project       = var.project
  user_project_override = true
}
