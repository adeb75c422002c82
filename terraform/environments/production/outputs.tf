output "covibe" {
  description = "Address, registry, accounts and names, for DNS and for the build."
  value       = module.covibe
}
