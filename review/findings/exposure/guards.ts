import type { Json } from "../../change";
import { at, isObject, type JsonObject, listOf, textsOf } from "../../json";
import { parsePolicy, type Statement } from "../../policy/document";
import { goesWithOwner, type Judge, risk, type Subject } from "../../subject";
import { enumerate, say } from "../../words";

/** Resources that guard others by being there, and what is open without them. */
const guards: Readonly<Record<string, string>> = {
  aws_cloudtrail: "Nobody records what is done in the account",
  aws_ebs_encryption_by_default: "New disks in the account are not encrypted by themselves",
  aws_ec2_instance_metadata_defaults: "New instances tell their role's credentials without a token",
  aws_flow_log: "Connections in the network are not logged",
  aws_guardduty_detector: "Nobody watches for intruders",
  aws_s3_account_public_access_block: "Public access is not blocked in the account",
  aws_s3_bucket_logging: "Access to the bucket is not logged",
  aws_s3_bucket_ownership_controls: "Access lists of objects may count again",
  aws_s3_bucket_public_access_block: "Public access to the bucket is not blocked",
  aws_s3_bucket_server_side_encryption_configuration: "Objects are not encrypted with the platform's key",
};

/** What no longer guards: a guard gone, a refusal of plain text gone, a log no longer written. */
export const judgeGuards: Judge = (subject) => {
  if (goesWithOwner(subject)) return [];
  return [
    ...judgeGone(subject),
    ...judgeTls(subject),
    ...judgeParameters(subject),
    ...judgeLists(subject),
    ...judgeFacts(subject),
  ];
};

function judgeGone({ change, after, head, before }: Subject): ReturnType<Judge> {
  const open = guards[change.type];
  if (open === undefined || after !== undefined || change.isForgotten) return [];
  const another = [...head.values()].some(
    ({ type, body }) => type === change.type && ownerOf(body) === ownerOf(before),
  );
  return another ? [] : [risk("exposure", `${open}.`)];
}

/** A policy that refuses requests without TLS, and no longer does; at another address it still would. */
function judgeTls({ change, before, after, head }: Subject): ReturnType<Judge> {
  const policies = Object.keys(before ?? {}).filter((key) => refusesPlain(before?.[key]));
  const owner = ownerOf(before);
  const heirs = [...head.values()].filter(
    ({ type, body }) => type === change.type && ownerOf(body) === owner,
  );
  const isKept = (key: string): boolean =>
    refusesPlain(after?.[key]) || (owner !== "" && heirs.some(({ body }) => refusesPlain(body[key])));
  const lost = policies.some((key) => !isKept(key));
  return lost ? [risk("exposure", "Requests without TLS are no longer refused.")] : [];
}

function ownerOf(body: JsonObject | undefined): string {
  return say(body?.bucket ?? body?.queue_url ?? body?.arn ?? body?.vpc_id ?? "");
}

function refusesPlain(policy: Json | undefined): boolean {
  return (parsePolicy(policy) ?? []).some(
    ({ effect, conditions }: Statement) =>
      effect === "Deny" && conditions.some(({ key }) => /^aws:securetransport$|tlsversion$/.test(key)),
  );
}

/** PostgreSQL's parameter that refuses connections without TLS. ("Using SSL with a PostgreSQL DB instance", RDS User Guide) */
function judgeParameters({ change, before, after }: Subject): ReturnType<Judge> {
  if (change.type !== "aws_db_parameter_group" || after === undefined) return [];
  const forces = (body: Json | undefined): boolean =>
    listOf(isObject(body) ? body.parameter : undefined).some(
      (one) => isObject(one) && one.name === "rds.force_ssl" && String(one.value) === "1",
    );
  return forces(before) && !forces(after)
    ? [risk("exposure", "The database takes connections without TLS: rds.force_ssl is not 1.")]
    : [];
}

/** Lists that say what is recorded: an item less is a record less. */
const recorded = [
  {
    type: "aws_db_instance",
    path: "enabled_cloudwatch_logs_exports",
    unsafe: "Logs that the database no longer exports",
  },
  {
    type: "aws_cloudtrail",
    path: "advanced_event_selector",
    unsafe: "Events that the trail no longer records",
  },
];

function judgeLists({ change, before, after }: Subject): ReturnType<Judge> {
  if (before === undefined || after === undefined) return [];
  return recorded
    .filter(({ type }) => type === change.type)
    .flatMap(({ path, unsafe }) => {
      const gone = recordsOf(before, path).filter((item) => !recordsOf(after, path).includes(item));
      return gone.length === 0 ? [] : [risk("exposure", `${unsafe}: ${enumerate(gone)}.`)];
    });
}

function recordsOf(body: Json, path: string): string[] {
  return listOf(isObject(body) ? body[path] : undefined).map((item) =>
    say(at(item, "name") ?? textsOf(item)[0]),
  );
}

/** What clusters are launched with is told to the DAGs as a fact: without it they encrypt nothing. */
function judgeFacts({ before, after }: Subject): ReturnType<Judge> {
  const [was, is] = [before, after].map((body) => at(body, "secret_string.security_configuration"));
  if (was === undefined || after === undefined || is !== undefined) return [];
  return [risk("exposure", `Clusters are launched without the security configuration ${say(was)}.`)];
}
