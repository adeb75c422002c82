variable "project" {
  description = "Google Cloud project that everything is made in. It must exist and have billing."
  type        = string
}

variable "region" {
  description = "Region of the service, the database, the bucket and the registry, such as europe-west1."
  type        = string
}

variable "name" {
  description = "What every resource's name begins with; at most 20 characters, so that account names stay below 30."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,19}$", var.name))
    error_message = "Lower case letters, digits and hyphens, 2 to 20 characters, a letter first."
  }
}

variable "host" {
  description = "Public host name, such as co-vibe.example.com. Its DNS, and that of candidate.<host>, must point at the output address."
  type        = string

  validation {
    condition     = can(regex("^([a-z0-9-]+\\.)+[a-z]{2,}$", var.host))
    error_message = "A host name only: no https://, no path, no port."
  }
}

variable "image" {
  description = "Container image of the first deployment, by digest or tag. Later ones are the build's: Terraform leaves the image alone."
  type        = string
}

variable "workos_client_id" {
  description = "WorkOS client id of this environment. Not secret."
  type        = string
}

variable "secret_version" {
  description = "Raise it by one to send the secrets below again: Terraform keeps none of them and so cannot see that one has changed."
  type        = number
}

variable "app_secret" {
  description = "Key of every keyed hash, at least 32 random characters. Never change it: all tokens and sessions would die."
  type        = string
  sensitive   = true
  ephemeral   = true
}

variable "runtime_database_password" {
  description = "Password of covibe_app, the role that the server runs as. The migrate job gives it to the role."
  type        = string
  sensitive   = true
  ephemeral   = true
}

variable "migrator_database_password" {
  description = "Password of covibe_migrator, who may change the schema. Only the migrate job reads it."
  type        = string
  sensitive   = true
  ephemeral   = true
}

variable "workos_api_key" {
  description = "WorkOS API key of this environment."
  type        = string
  sensitive   = true
  ephemeral   = true
}

variable "workos_webhook_secret" {
  description = "Secret that WorkOS signs its webhooks with."
  type        = string
  sensitive   = true
  ephemeral   = true
}

variable "min_instances" {
  description = "Instances that are always up. 0 saves money and costs a start of about 0.1 s plus the container's."
  type        = number
}

variable "max_instances" {
  description = "Most instances at once. Each takes database_pool connections of the database."
  type        = number
}

variable "concurrency" {
  description = "Requests at once on one instance; event streams count for as long as they are open."
  type        = number
  default     = 500
}

variable "cpu" {
  description = "CPUs of an instance, as Cloud Run spells it."
  type        = string
  default     = "1"
}

variable "memory" {
  description = "Memory of an instance, as Cloud Run spells it."
  type        = string
  default     = "512Mi"
}

variable "always_cpu" {
  description = "true: CPU also between requests, so the server does its background work itself. false: a scheduled job does it every five minutes."
  type        = bool
}

variable "database_pool" {
  description = "Database connections of one instance."
  type        = number
  default     = 16
}

variable "database_tier" {
  description = "Machine type of the database, such as db-custom-2-7680."
  type        = string
}

variable "database_highly_available" {
  description = "true keeps a standby in another zone, which doubles the database's price."
  type        = bool
}

variable "deletion_protection" {
  description = "Whether Terraform refuses to delete the database, the service and the uploads."
  type        = bool
}

variable "alert_email" {
  description = "Where alerts and the budget's warnings go."
  type        = string
}

variable "billing_account" {
  description = "Billing account of the project, for the budget."
  type        = string
}

variable "monthly_budget" {
  description = "Whole units of the billing account's currency in a month; warnings at 50, 90 and 100 percent. It warns and stops nothing."
  type        = number
}
