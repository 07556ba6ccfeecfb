import { at, editJson, rename, statement } from "../../synthesized";
import type { Case } from "../case";

const jobs = "aws_iam_role_policy.emr_instance_jobs";

/** Policies that read otherwise, or allow less. */
export const policies: readonly Case[] = [
  {
    name: "statements in another order",
    stack: "dev-processing",
    address: jobs,
    edit: (json) => editJson(json, jobs, "policy", (policy) => policy.Statement.reverse()),
  },
  {
    name: "a statement of another name",
    stack: "dev-processing",
    address: jobs,
    edit: (json) =>
      editJson(json, jobs, "policy", (policy) => {
        statement(policy, "UseKey").Sid = "UseTheKey";
      }),
  },
  {
    name: "actions in another order, and in other cases",
    stack: "dev-processing",
    address: jobs,
    edit: (json) =>
      editJson(json, jobs, "policy", (policy) => {
        const one = statement(policy, "UseKey");
        one.Action = [one.Action]
          .flat()
          .reverse()
          .map((action: string) => action.toLowerCase());
      }),
  },
  {
    name: "lists of one instead of texts",
    stack: "dev-people",
    address: "aws_iam_policy.people_operator_work",
    edit: (json) =>
      editJson(json, "aws_iam_policy.people_operator_work", "policy", (policy) => {
        for (const one of policy.Statement)
          Object.assign(one, { Action: [one.Action].flat(), Resource: [one.Resource].flat() });
      }),
  },
  {
    name: "a statement in two",
    stack: "dev-processing",
    address: jobs,
    edit: (json) =>
      editJson(json, jobs, "policy", (policy) => {
        const one = statement(policy, "UseKey");
        const [first, ...rest] = one.Action;
        one.Action = rest;
        policy.Statement.push({ ...one, Sid: "UseKeyToo", Action: first });
      }),
  },
  {
    name: "an action that a wildcard covers is named besides",
    stack: "dev-lake",
    address: "aws_kms_key.lake",
    edit: (json) =>
      editJson(json, "aws_kms_key.lake", "policy", (policy) => {
        statement(policy, "DelegatedToIam").Action = ["kms:*", "kms:Describe*"];
      }),
  },
  {
    name: "fewer actions",
    stack: "prod-people",
    address: "aws_iam_policy.people_operator_work",
    edit: (json) =>
      editJson(json, "aws_iam_policy.people_operator_work", "policy", (policy) => {
        policy.Statement = policy.Statement.filter((one: { Sid: string }) => one.Sid !== "WriteObjects");
      }),
  },
  {
    name: "one condition more",
    stack: "dev-orchestration",
    address: "aws_iam_role_policy.airflow_execution_job_runs",
    edit: (json) =>
      editJson(json, "aws_iam_role_policy.airflow_execution_job_runs", "policy", (policy) => {
        statement(policy, "SubmitJobRuns").Condition = { Bool: { "aws:SecureTransport": "true" } };
      }),
  },
  {
    name: "one refusal more",
    stack: "prod-lake",
    address: "aws_s3_bucket_policy.logs",
    edit: (json) =>
      editJson(json, "aws_s3_bucket_policy.logs", "policy", (policy) => {
        policy.Statement.push({
          ...policy.Statement[0],
          Sid: "DenyDelete",
          Action: "s3:DeleteObject*",
          Condition: undefined,
        });
      }),
  },
  {
    name: "everybody, written as everybody of AWS",
    stack: "dev-network",
    address: "aws_vpc_endpoint.endpoints_logs",
    edit: (json) =>
      editJson(json, "aws_vpc_endpoint.endpoints_logs", "policy", (policy) => {
        statement(policy, "AccountToItself").Principal = { AWS: "*" };
      }),
  },
  {
    name: "a policy in two within one role",
    stack: "dev-processing",
    address: "aws_iam_role_policy.emr_instance_key",
    edit: (json) =>
      editJson(json, jobs, "policy", (policy) => {
        const moved = statement(policy, "UseKey");
        policy.Statement = policy.Statement.filter((one: object) => one !== moved);
        json.resource.aws_iam_role_policy.emr_instance_key = {
          name: "key",
          policy: JSON.stringify({ Version: policy.Version, Statement: [moved] }),
          role: at(json, jobs).role,
        };
      }),
  },
  {
    name: "a policy of another address",
    stack: "prod-lake",
    address: "aws_s3_bucket_policy.lake_data",
    edit: (json) => rename(json, "aws_s3_bucket_policy.data", "aws_s3_bucket_policy.lake_data"),
  },
  {
    name: "a managed policy of another address",
    stack: "prod-people",
    address: "aws_iam_policy.operator",
    edit: (json) => rename(json, "aws_iam_policy.people_operator_work", "aws_iam_policy.operator"),
  },
  {
    name: "a key of one's own account",
    stack: "prod-lake",
    address: "aws_kms_key.another",
    edit: (json) => {
      const policy = JSON.parse(at(json, "aws_kms_key.lake").policy);
      json.resource.aws_kms_key.another = {
        enable_key_rotation: true,
        policy: JSON.stringify({ Version: policy.Version, Statement: [statement(policy, "DelegatedToIam")] }),
      };
    },
  },
];
