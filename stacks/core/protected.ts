import retained from "./retained.json";

/**
 * Types whose resources cannot be made again as they were: data, records, the keys to them, filled secrets, the network that
 * everything is in, and what exists once per account for everybody in it. No apply destroys or replaces one, whatever its configuration says.
 */
export const protectedTypes: ReadonlySet<string> = new Set([
  "aws_ce_anomaly_monitor",
  "aws_cloudwatch_log_group",
  "aws_db_instance",
  "aws_dynamodb_table",
  "aws_efs_file_system",
  "aws_glue_catalog_database",
  "aws_iam_openid_connect_provider",
  "aws_iam_service_linked_role",
  "aws_kms_key",
  "aws_msk_cluster",
  "aws_rds_cluster",
  "aws_s3_bucket",
  "aws_secretsmanager_secret",
  "aws_vpc",
]);

/** Settings of protected resources that are Terraform resources themselves: without them a bucket is public or unencrypted. */
const settingsOf: Readonly<Record<string, RegExp>> = {
  aws_kms_key: /^aws_kms_alias$/,
  aws_s3_bucket: /^aws_s3_bucket_\w+$/,
};

/** Whether a resource of this Terraform type must not be destroyed or replaced by an apply. */
export function isProtectedType(type: string): boolean {
  return protectedTypes.has(type);
}

/** Returns those of a stack's addresses that Terraform forgets, and does not destroy, when a setting leaves them out. */
export function retainedAmong(addresses: readonly string[]): string[] {
  const all = new Set(addresses);
  return addresses.filter((address) => {
    const [type = "", name = ""] = address.split(".");
    const owner = Object.keys(settingsOf).find((candidate) => settingsOf[candidate]?.test(type));
    return isProtectedType(type) || (owner !== undefined && all.has(`${owner}.${name}`));
  });
}

/** Resources of releases before that something may still read: Terraform leaves them where they are. */
const leftBehind: Readonly<Record<string, readonly string[]>> = {
  // MWAA reads its requirements from there until it is updated.
  orchestration: ["aws_s3_object.airflow_requirements"],
};

/**
 * Returns the `removed` blocks of a stack: one for each address in `retained.json` that its present settings leave out, and
 * for what a release before has left.
 * `prevent_destroy` goes with its block, so a setting that switches a feature off would otherwise destroy its bucket or key.
 * Source: Terraform documentation, "lifecycle" (`prevent_destroy`) and "removed block".
 *
 * @param stack name of the stack without its environment: `events`
 * @param present addresses that the stack's JSON holds
 */
export function removedBlocks(stack: string, present: ReadonlySet<string>): object[] {
  const known: Readonly<Record<string, readonly string[]>> = retained;
  return [...(known[stack] ?? []), ...(leftBehind[stack] ?? [])]
    .filter((address) => !present.has(address))
    .map((from) => ({ from, lifecycle: { destroy: false } }));
}
