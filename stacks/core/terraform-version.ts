/** `use_lockfile` of the S3 backend is stable from here on. Source: Terraform 1.11 release notes. */
export const terraformVersion = ">= 1.11.0";
