import type { Attribute, Block } from "./derive";

/** What the provider does otherwise than its bindings say. */
export interface Exception {
  /** Terraform type, `data.` before that of a data source; or the name of the provider. */
  readonly type: string;
  /** Arguments of the type. */
  readonly names: readonly string[];
  readonly change: "not computed" | "sensitive" | "at most one";
  readonly reason: string;
}

/**
 * Differences between the bindings and the schema of hashicorp/aws that matter to the stacks. The arguments that are
 * not computed are those that some resources of a type set and others leave out: a made-up value would contradict what
 * the others set.
 */
const aws: readonly Exception[] = [
  {
    type: "aws",
    names: ["default_tags"],
    change: "at most one",
    reason: "the bindings take a list; the provider refuses a second block",
  },
  {
    type: "aws_cloudwatch_metric_alarm",
    names: ["dimensions", "metric_name", "namespace", "period", "statistic"],
    change: "not computed",
    reason: "an alarm has either one metric or metric_query blocks",
  },
  {
    type: "aws_db_instance",
    names: ["final_snapshot_identifier"],
    change: "not computed",
    reason: "a database without a final snapshot has no name for one",
  },
  {
    type: "aws_db_instance",
    names: ["password", "password_wo"],
    change: "sensitive",
    reason: "plans do not show it, and outputs refuse it unless they are sensitive",
  },
  {
    type: "aws_iam_role",
    names: ["max_session_duration", "path"],
    change: "not computed",
    reason: "the provider has defaults, so removing them from a configuration changes the role",
  },
  {
    type: "aws_mwaa_environment",
    names: ["airflow_configuration_options"],
    change: "sensitive",
    reason: "plans do not show it, and outputs refuse it unless they are sensitive",
  },
  {
    type: "aws_route",
    names: ["gateway_id", "nat_gateway_id"],
    change: "not computed",
    reason: "a route has one target",
  },
  {
    type: "aws_secretsmanager_secret",
    names: ["kms_key_id"],
    change: "not computed",
    reason: "without one, the key of the service encrypts the secret",
  },
  {
    type: "aws_secretsmanager_secret_version",
    names: ["secret_binary", "secret_string", "secret_string_wo"],
    change: "sensitive",
    reason: "plans do not show it, and outputs refuse it unless they are sensitive",
  },
  {
    type: "aws_security_group",
    names: ["revoke_rules_on_delete"],
    change: "not computed",
    reason: "the provider has a default, so removing it from a configuration changes the group",
  },
  {
    type: "aws_sqs_queue",
    names: ["receive_wait_time_seconds", "visibility_timeout_seconds"],
    change: "not computed",
    reason: "the provider has defaults, so removing them from a configuration changes the queue",
  },
  {
    type: "aws_vpc_security_group_egress_rule",
    names: ["cidr_ipv4", "from_port", "referenced_security_group_id", "to_port"],
    change: "not computed",
    reason: "a rule has one destination, and one for all protocols has no ports",
  },
  {
    type: "aws_vpc_security_group_ingress_rule",
    names: ["cidr_ipv4", "from_port", "referenced_security_group_id", "to_port"],
    change: "not computed",
    reason: "a rule has one source, and one for all protocols has no ports",
  },
];

/** The exceptions by package of bindings. */
export const exceptions: Readonly<Record<string, readonly Exception[]>> = { "@cdktf/provider-aws": aws };

/**
 * Applies exceptions to the derived schemas that they name.
 * @throws Error if one is stale: its argument is unknown, or has the property without it
 */
export function applyExceptions(blocks: ReadonlyMap<string, Block>, table: readonly Exception[]): void {
  for (const { type, names, change } of table)
    for (const name of names) {
      const block = blocks.get(type);
      if (!block || !changed(block, name, change))
        throw new Error(`the exception "${change}" of ${type}.${name} is stale: remove it`);
    }
}

function changed(block: Block, name: string, change: Exception["change"]): boolean {
  if (change === "at most one") {
    const nested = block.block_types[name];
    if (!nested || nested.max_items === 1) return false;
    nested.max_items = 1;
    return true;
  }
  const attribute: Attribute | undefined = block.attributes[name];
  if (!attribute?.optional && !attribute?.required) return false;
  if (change === "sensitive") {
    if (attribute.sensitive) return false;
    attribute.sensitive = true;
    return true;
  }
  if (!attribute.optional || !attribute.computed) return false;
  delete attribute.computed;
  return true;
}
