/** What the frozen list knows of a stack's JSON. */
export interface AddressedStack {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly moved?: readonly { readonly from: string; readonly to: string }[];
  readonly removed?: readonly { readonly from: string }[];
}

/** The addresses of a stack's resources, sorted. */
export function addressesOf(stack: AddressedStack): string[] {
  return Object.entries(stack.resource ?? {})
    .flatMap(([type, named]) => Object.keys(named).map((name) => `${type}.${name}`))
    .sort();
}

/**
 * Types that hold state: data and records, the tables that jobs have made of them, the key to them, secrets, Airflow's
 * history, addresses that others have allowed or carry in their profiles.
 * An address of theirs that goes without a `moved` block is a resource that Terraform destroys. What could not be made
 * again at all (buckets, tables, keys, records, filled secrets) carries `prevent_destroy` besides.
 */
const statefulTypes = new Set([
  "aws_cloudwatch_log_group",
  "aws_db_instance",
  "aws_ec2_client_vpn_endpoint",
  "aws_eip",
  "aws_glue_catalog_database",
  "aws_kms_key",
  "aws_msk_cluster",
  "aws_mwaa_environment",
  "aws_s3_bucket",
  "aws_secretsmanager_secret",
  "aws_vpc",
]);

/** Frozen addresses of stateful resources that the stack has neither kept, moved nor released from Terraform. */
export function lostAddresses(frozen: readonly string[], stack: AddressedStack): string[] {
  const left = [...(stack.moved ?? []), ...(stack.removed ?? [])].map(({ from }) => from);
  const kept = new Set([...addressesOf(stack), ...left]);
  return frozen.filter((address) => statefulTypes.has(address.split(".")[0] ?? "") && !kept.has(address));
}
