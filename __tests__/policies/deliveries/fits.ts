import { deliveryOf, type Grant } from "../../../policies/deliveries";
import { servicePrincipal } from "../../../policies/partition";
import type { Statement } from "../../../policies/statement";
import type { Block } from "../../stacks/synthesis";
import { listed } from "../baseline/documents";
import type { Found } from "./found";
import { type Resource, referring, resolve, type Stacks } from "./resolve";

const region = "eu-north-1";

const policies: Readonly<Record<string, readonly [type: string, attribute: string]>> = {
  aws_s3_bucket: ["aws_s3_bucket_policy", "bucket"],
  aws_sns_topic: ["aws_sns_topic_policy", "arn"],
  aws_sqs_queue: ["aws_sqs_queue_policy", "queue_url"],
};

/** The statements of a document that admit a service. */
function admitting(document: string, publisher: string): Statement[] {
  const all: Statement[] = JSON.parse(document).Statement;
  return all.filter(({ Effect, Principal }) => {
    const services = typeof Principal === "object" ? listed(Principal.Service) : [];
    return Effect === "Allow" && services.includes(servicePrincipal(publisher, region));
  });
}

/** What is wrong with the statements that admit a publisher. */
function differences(
  what: string,
  statements: readonly Statement[],
  { actions, conditions }: Grant,
): string[] {
  const allowed = statements.flatMap(({ Action }) => listed(Action));
  const missing = actions.filter((action) => !allowed.includes(action));
  const conditioned = statements.map(({ Condition = {} }) => Object.values(Condition).flatMap(Object.keys));
  const unsupported = conditioned.flat().filter((key) => !conditions.includes(key));
  const open = conditions.length > 0 && conditioned.some((keys) => keys.length === 0);
  return [
    ...missing.map((action) => `${what} lacks ${action}`),
    ...unsupported.map((key) => `${what} has the condition ${key}, which is not supported`),
    ...(open ? [`${what} admits the service for anybody`] : []),
  ];
}

function keyOf(stacks: Stacks, target: Resource): Resource | undefined {
  const { block } = target;
  if (target.type !== "aws_s3_bucket")
    return resolve(stacks, target.stack, String(block.kms_master_key_id ?? block.kms_key_id));
  const type = "aws_s3_bucket_server_side_encryption_configuration";
  const [encryption] = referring(stacks, target, type, "bucket");
  const rule = encryption?.rule[0].apply_server_side_encryption_by_default;
  return resolve(stacks, target.stack, String(rule?.kms_master_key_id));
}

function roleDifferences(stacks: Stacks, { from, publisher }: Found, grant: Grant): string[] {
  const reference = from.block.iam_role_arn ?? from.block.monitoring_role_arn;
  const role = resolve(stacks, from.stack, String(reference));
  if (role === undefined) return ["no role"];
  const trust = admitting(role.block.assume_role_policy, publisher);
  const own = referring(stacks, role, "aws_iam_role_policy", "role");
  const allowed = own.flatMap(({ policy }: Block) =>
    JSON.parse(policy).Statement.flatMap(({ Action }: Statement) => listed(Action)),
  );
  const managed = referring(stacks, role, "aws_iam_role_policy_attachment", "role");
  const missing = managed.length > 0 ? [] : grant.actions.filter((action) => !allowed.includes(action));
  return [
    ...differences("the trust", trust, { actions: ["sts:AssumeRole"], conditions: grant.conditions }),
    ...missing.map((action) => `the role lacks ${action}`),
  ];
}

/** What keeps a delivery from arriving, by the table; nothing where it arrives. */
export function problemsOf(stacks: Stacks, one: Found): string[] {
  const row = deliveryOf(one.publisher, one.target);
  if (row.role) return roleDifferences(stacks, one, row.role);
  if (one.to === undefined) return [];
  const problems: string[] = [];
  const [type = "", attribute = ""] = policies[one.to.type] ?? [];
  const documents = referring(stacks, one.to, type, attribute).map(({ policy }): string => policy);
  const statements = documents.flatMap((document) => admitting(document, one.publisher));
  if (row.policy) problems.push(...differences("the target's policy", statements, row.policy));
  const key = keyOf(stacks, one.to);
  if (key && row.key)
    problems.push(...differences("the key's policy", admitting(key.block.policy, one.publisher), row.key));
  if (key && row.policy && !row.key) problems.push("the target has a key that the publisher cannot use");
  return problems.map((problem) => `${one.at}: ${problem}`);
}
