# What both environments ask for; each is described in modules/covibe/variables.tf.
variable "project" {
  type = string
}

variable "region" {
  type = string
}

variable "host" {
  type = string
}

variable "image" {
  type = string
}

variable "workos_client_id" {
  type = string
}

variable "alert_email" {
  type = string
}

variable "billing_account" {
  type = string
}

variable "secret_version" {
  type    = number
  default = 1
}

variable "app_secret" {
  type      = string
  sensitive = true
  ephemeral = true
}

variable "runtime_database_password" {
  type      = string
  sensitive = true
  ephemeral = true
}

variable "migrator_database_password" {
  type      = string
  sensitive = true
  ephemeral = true
}

variable "workos_api_key" {
  type      = string
  sensitive = true
  ephemeral = true
}

variable "workos_webhook_secret" {
  type      = string
  sensitive = true
  ephemeral = true
}
