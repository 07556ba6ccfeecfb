import { existsSync } from "node:fs";

/**
 * The Terraform CLI configuration whose provider plans and applies without an AWS account. A test without it fails:
 * it must never meet the real provider, nor be left out.
 */
export function providerConfiguration(): string {
  const file = process.env.PLATFORM_TERRAFORM_RC || process.env.TF_CLI_CONFIG_FILE;
  if (file && existsSync(file)) return file;
  throw new Error(
    `TF_CLI_CONFIG_FILE is ${file ? `"${file}", which does not exist` : "not set"}: these tests need a Terraform CLI ` +
      "configuration that serves a hashicorp/aws which applies without an AWS account (`make test-terraform` sets it)",
  );
}
