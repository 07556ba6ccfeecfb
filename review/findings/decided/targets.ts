import type { Blocks } from "../../blocks";
import type { Json } from "../../change";
import { isList, same } from "../../json";

/** Attributes that name the same resource as `id`, by type. ("Attribute Reference" of each type, hashicorp/aws 6.25) */
const aliases: Readonly<Record<string, readonly string[]>> = {
  aws_athena_workgroup: ["name"],
  aws_cloudwatch_log_group: ["name"],
  aws_db_parameter_group: ["name"],
  aws_db_subnet_group: ["name"],
  aws_iam_instance_profile: ["name"],
  aws_iam_policy: ["arn"],
  aws_iam_role: ["name"],
  aws_kms_key: ["key_id", "arn"],
  aws_s3_bucket: ["bucket"],
  aws_secretsmanager_secret: ["arn"],
  aws_sns_topic: ["arn"],
  aws_sqs_queue: ["url"],
};

/** Both sides of a value, and the stacks that they belong to. */
export interface Pair {
  readonly was: Json | undefined;
  readonly is: Json | undefined;
  readonly base: Blocks;
  readonly head: Blocks;
}

/** Whether two values are the same to Terraform: `"true"` is `true`, and a resource has several expressions. */
export function means({ was, is, base, head }: Pair): boolean {
  if (same(was, is)) return true;
  if (isScalar(was) && isScalar(is) && String(was) === String(is)) return true;
  if (typeof was !== "string" || typeof is !== "string") return false;
  const known = namesOf(was, base);
  return namesOf(is, head).some((name) => known.includes(name));
}

/** The targets of one side that the other side does not have. */
export function otherTargets({ was, is, base, head }: Pair): readonly Json[] {
  const olds = items(was);
  return items(is).filter((now) => !olds.some((old) => means({ was: old, is: now, base, head })));
}

function items(value: Json | undefined): readonly Json[] {
  if (value === undefined || value === null || value === "") return [];
  return isList(value) ? value : [value];
}

function isScalar(value: Json | undefined): boolean {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

/** Every way to write the resource that a text names: the text, the expression of its id, and its literal name. */
function namesOf(text: string, blocks: Blocks): readonly string[] {
  const [, address = "", type = "", attribute = ""] = /^\$\{((\w+)\.[\w-]+)\.(\w+)\}$/.exec(text) ?? [];
  const others = aliases[type] ?? [];
  if (attribute !== "id" && !others.includes(attribute)) return [text];
  const body = blocks.get(address)?.body ?? {};
  const literals = others.map((one) => body[one]).filter((one): one is string => typeof one === "string");
  return [text, `\${${address}.id}`, ...literals];
}
