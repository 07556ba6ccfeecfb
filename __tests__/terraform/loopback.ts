import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

type Attributes = Record<string, unknown>;

interface StackJson {
  readonly terraform: { readonly backend: { readonly s3: Attributes } };
  readonly data?: { readonly terraform_remote_state?: Record<string, { readonly config: Attributes }> };
}

/**
 * Lays an override beside every synthesized stack that points its state, and the states it reads, at an S3 on
 * loopback. The synthesized JSON stays as it is.
 */
export function pointAtLoopback(outdir: string, url: string): void {
  const loopback = {
    use_path_style: true,
    endpoints: { s3: url },
    skip_credentials_validation: true,
    skip_requesting_account_id: true,
    skip_metadata_api_check: true,
    skip_region_validation: true,
  };
  for (const stack of readdirSync(join(outdir, "stacks"))) {
    const directory = join(outdir, "stacks", stack);
    const json: StackJson = JSON.parse(readFileSync(join(directory, "cdk.tf.json"), "utf8"));
    const states = Object.entries(json.data?.terraform_remote_state ?? {}).map(([name, { config }]) => {
      return [name, { backend: "s3", config: { ...config, ...loopback } }];
    });
    const override = {
      terraform: { backend: { s3: { ...json.terraform.backend.s3, ...loopback } } },
      ...(states.length > 0 ? { data: { terraform_remote_state: Object.fromEntries(states) } } : {}),
    };
    writeFileSync(join(directory, "loopback_override.tf.json"), JSON.stringify(override, null, 2));
  }
}
