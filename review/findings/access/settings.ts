import type { Json } from "../../change";
import { at, opened, same, textsOf } from "../../json";
import { type Judge, relief, risk, type Subject } from "../../subject";
import { enumerate, say } from "../../words";

/** Attributes that name who a resource acts as. */
const roles = [
  "execution_role_arn",
  "iam_role_arn",
  "monitoring_role_arn",
  "service_role",
  "job_role_arn",
  "instance_profile",
  "role",
  "role_arn",
  // What the DAGs launch clusters and jobs as.
  "secret_string.instance_profile",
  "secret_string.serverless.job_role_arn",
  "secret_string.service_role",
];
/** Types whose `role` says whom they belong to: other judges compare those. */
const attachments = /^aws_iam_role_policy/;

/** Attributes that say which security groups let traffic in. */
const groups = [
  "security_group_ids",
  "security_groups",
  "vpc_security_group_ids",
  "network_configuration.security_group_ids",
];

/** Settings that are no policy and still say who may do what. */
export const judgeSettings: Judge = (subject) => {
  if (subject.before === undefined || subject.after === undefined) return [];
  return [...judgeRoles(subject), ...judgeGroups(subject), ...judgeSingle(subject)];
};

function judgeRoles({ change, before, after }: Subject): ReturnType<Judge> {
  if (attachments.test(change.type)) return [];
  return roles
    .filter((role) => !same(at(before, role), at(after, role)))
    .map((role) => risk("access", `Acts as ${say(at(after, role))} instead of ${say(at(before, role))}.`));
}

function judgeGroups({ before, after }: Subject): ReturnType<Judge> {
  return groups.flatMap((attribute) => {
    const [was, is] = [textsOf(at(before, attribute)), textsOf(at(after, attribute))];
    const [come, gone] = [
      is.filter((group) => !was.includes(group)),
      was.filter((group) => !is.includes(group)),
    ];
    return [
      ...(come.length === 0
        ? []
        : [risk("access", `Lets in what the security group ${enumerate(come.map(say))} does.`)]),
      ...(gone.length === 0 || come.length > 0
        ? []
        : [relief("access", `Leaves the security group ${enumerate(gone.map(say))}.`)]),
    ];
  });
}

interface Setting {
  readonly type: string;
  readonly path: string;
  readonly judge: (was: Json | undefined, is: Json | undefined) => ReturnType<Judge>;
}

const longer =
  (what: string): Setting["judge"] =>
  (was, is) => {
    const [before, after] = [Number(was ?? 0), Number(is ?? 0)];
    const sentence = `${what} ${after} instead of ${before}.`;
    return [after > before ? risk("access", sentence) : relief("access", sentence)];
  };

const changed =
  (what: string): Setting["judge"] =>
  (was, is) => [risk("access", `${what} ${say(is)} instead of ${say(was)}.`)];

const settings: readonly Setting[] = [
  {
    type: "aws_iam_role",
    path: "max_session_duration",
    judge: longer("A session's longest time in seconds is"),
  },
  { type: "aws_iam_role", path: "permissions_boundary", judge: bounded },
  {
    type: "aws_ec2_client_vpn_endpoint",
    path: "session_timeout_hours",
    judge: longer("Hours until people sign in again are"),
  },
  {
    type: "aws_ec2_client_vpn_endpoint",
    path: "authentication_options",
    judge: changed("People are known by"),
  },
  {
    type: "aws_sqs_queue_redrive_allow_policy",
    path: "redrive_allow_policy",
    judge: feeds,
  },
  {
    type: "aws_iam_openid_connect_provider",
    path: "client_id_list",
    judge: changed("Tokens are accepted for"),
  },
];

/** A boundary where there was none only narrows. ("Permissions boundaries for IAM entities", IAM User Guide) */
function bounded(was: Json | undefined, is: Json | undefined): ReturnType<Judge> {
  const sentence = `Its permissions are bounded by ${say(is)} instead of ${say(was)}.`;
  return [
    was === undefined || was === null || was === "" ? relief("access", sentence) : risk("access", sentence),
  ];
}

/** Queues that may send to a dead-letter queue are those named, all or none. ("RedriveAllowPolicy", Amazon SQS API) */
function feeds(was: Json | undefined, is: Json | undefined): ReturnType<Judge> {
  const [before, after] = [textsOf(at(was, "sourceQueueArns")), textsOf(at(is, "sourceQueueArns"))];
  const isWider =
    at(is, "redrivePermission") === "allowAll" || after.some((queue) => !before.includes(queue));
  const sentence = `Queues that may send to it: ${say(opened(is))} instead of ${say(opened(was))}.`;
  return [isWider ? risk("access", sentence) : relief("access", sentence)];
}

function judgeSingle({ change, before, after }: Subject): ReturnType<Judge> {
  return settings
    .filter(({ type, path }) => type === change.type && !same(at(before, path), at(after, path)))
    .flatMap(({ path, judge }) => judge(at(before, path), at(after, path)));
}
