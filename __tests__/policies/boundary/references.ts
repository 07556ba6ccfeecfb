import { type Block, pick, type StackJson } from "../../stacks/synthesis";

type Stacks = ReadonlyMap<string, StackJson>;

/** What a resource is called by AWS: with a made-up id where AWS chooses it. */
const names: Readonly<Record<string, (block: Block) => string>> = {
  aws_athena_workgroup: ({ name }) => name,
  aws_cloudwatch_log_group: ({ name }) => name,
  aws_emrserverless_application: () => "00abc",
  aws_glue_catalog_database: ({ name }) => name,
  aws_iam_instance_profile: ({ name }) => name,
  aws_iam_role: ({ name }) => name,
  aws_kms_key: () => "1234",
  aws_msk_cluster: ({ cluster_name }) => cluster_name,
  aws_s3_bucket: ({ bucket }) => bucket,
  aws_sqs_queue: ({ name }) => name,
};

/** What comes before the name in its ARN, after `arn:aws:`. */
const arns: Readonly<Record<string, (place: string, account: string) => string>> = {
  aws_cloudwatch_log_group: (place) => `logs:${place}:log-group:`,
  aws_emrserverless_application: (place) => `emr-serverless:${place}:/applications/`,
  aws_iam_role: (_, account) => `iam::${account}:role/`,
  aws_kms_key: (place) => `kms:${place}:key/`,
  aws_msk_cluster: (place) => `kafka:${place}:cluster/`,
  aws_s3_bucket: () => "s3:::",
  aws_sqs_queue: (place) => `sqs:${place}:`,
};

/** What an expression stands for that is about a resource of the stack itself. */
function resolveOwn(expression: string, json: StackJson): string {
  const { region, allowed_account_ids: accounts } = json.provider.aws[0];
  const account: string = accounts[0];
  const [type = "", name = "", attribute = ""] = expression.split(".");
  if (attribute === "resource_id") return "db-ABC";
  if (attribute === "cluster_uuid") return "1234-5";
  if (attribute.startsWith("master_user_secret"))
    return `arn:aws:secretsmanager:${region}:${account}:secret:rds!db-1234`;
  const called = names[type]?.(json.resource?.[type]?.[name]);
  const before = attribute === "arn" ? arns[type]?.(`${region}:${account}`, account) : "";
  if (called === undefined || before === undefined) throw new Error(`what is ${expression}?`);
  const end = type === "aws_msk_cluster" ? "/1234-5" : "";
  return attribute === "arn" ? `arn:aws:${before}${called}${end}` : called;
}

/**
 * Replaces the references in a text of a stack by what AWS will put there, across stacks.
 * @throws when a resource is of a type that is not listed above
 */
export function resolveReferences(text: string, stack: string, stacks: Stacks): string {
  const json = pick(stacks, stack);
  return text.replace(/\$\{([^{}]+)\}/g, (_, expression: string) => {
    const [, publisher, path = ""] =
      /^data\.terraform_remote_state\.(\w+)\.outputs\.(.+)$/.exec(expression) ?? [];
    if (publisher === undefined) return resolveOwn(expression, json);
    const source = `${json.provider.aws[0].default_tags[0].tags.environment}-${publisher}`;
    const [output = "", ...keys] = path.split(".");
    const value = keys.reduce((block, key) => block[key], pick(stacks, source).output?.[output].value);
    return resolveReferences(value, source, stacks);
  });
}
