import { awsManagedPolicyArn, iamArnOf } from "../arn";
import type { Statement } from "../statement";
import { kafkaLinkedServices } from "./kafka";
import { type CiScope, prefixOf } from "./scope";

/** The services that the platform's roles are made for; the ends of their names differ between partitions. */
const services = ["airflow", "airflow-env", "ec2", "elasticmapreduce", "emr-serverless", "events"].concat([
  "monitoring.rds",
  "scheduler",
  "vpc-flow-logs",
]);

/** The services that make a role of their own on first use. */
const linkedServices = [
  "airflow",
  "clientvpn",
  "clientvpn-connections",
  "elasticmapreduce",
  "ops.emr-serverless",
].concat(["rds", "spot"]);

/** AWS's policies that roles of the platform have. */
const managedPolicies = ["AmazonEMRServicePolicy_v2", "AmazonRDSEnhancedMonitoringRole"]
  .map((name) => `service-role/${name}`)
  .concat("SecurityAudit");

const named = (scope: CiScope, ...kinds: readonly string[]): string[] =>
  kinds.flatMap((kind) => scope.map((own) => iamArnOf(own.place, `${kind}/${prefixOf(own)}-*`)));

/** Roles, instance profiles, policies and SAML providers of the environments' own names, as a refresh reads them. */
export function readIdentities(scope: CiScope): Statement {
  return {
    Sid: "ReadIdentities",
    Effect: "Allow",
    Action: [
      "GetInstanceProfile",
      "GetPolicy",
      "GetPolicyVersion",
      "GetRole",
      "GetRolePolicy",
      "GetSAMLProvider",
    ]
      .concat([
        "ListAttachedRolePolicies",
        "ListInstanceProfilesForRole",
        "ListPolicyVersions",
        "ListRolePolicies",
      ])
      .map((action) => `iam:${action}`),
    Resource: named(scope, "instance-profile", "policy", "role", "saml-provider"),
  };
}

/**
 * What could hand a role more than its maker has: only on roles that carry the environment's boundary. Nobody here takes
 * a boundary off a role: that is an administrator's decision.
 * Source: IAM User Guide, "Delegating responsibility to others using permissions boundaries".
 */
const grantPermissions = (scope: CiScope, boundaryArns: readonly string[]): Statement[] => {
  const bounded = { StringEquals: { "iam:PermissionsBoundary": boundaryArns } };
  const policies = [
    ...named(scope, "policy"),
    ...managedPolicies.map((name) => awsManagedPolicyArn(scope[0].place, name)),
  ];
  return [
    {
      Sid: "CreateRoles",
      Effect: "Allow",
      Action: [
        "iam:CreateRole",
        "iam:DeleteRolePolicy",
        "iam:PutRolePermissionsBoundary",
        "iam:PutRolePolicy",
      ],
      Resource: named(scope, "role"),
      Condition: bounded,
    },
    {
      Sid: "AttachKnownPolicies",
      Effect: "Allow",
      Action: ["iam:AttachRolePolicy", "iam:DetachRolePolicy"],
      Resource: named(scope, "role"),
      Condition: { ...bounded, ArnLike: { "iam:PolicyARN": policies } },
    },
  ];
};

const changeIdentities = (scope: CiScope): Statement => ({
  Sid: "ChangeIdentities",
  Effect: "Allow",
  Action: ["AddRoleToInstanceProfile", "CreateInstanceProfile", "CreatePolicy", "CreatePolicyVersion"]
    .concat(["DeleteInstanceProfile", "DeletePolicy", "DeletePolicyVersion", "DeleteRole"])
    .concat(["RemoveRoleFromInstanceProfile", "TagInstanceProfile", "TagPolicy", "TagRole"])
    .concat(["CreateSAMLProvider", "DeleteSAMLProvider", "TagSAMLProvider", "UntagSAMLProvider"])
    .concat([
      "UpdateSAMLProvider",
      "UntagInstanceProfile",
      "UntagPolicy",
      "UntagRole",
      "UpdateAssumeRolePolicy",
      "UpdateRole",
      // By which the provider changes a description.
      "UpdateRoleDescription",
    ])
    .map((action) => `iam:${action}`),
  Resource: named(scope, "instance-profile", "policy", "role", "saml-provider"),
});

/**
 * Making the environment's roles and handing them to services. The roles of CI itself are under another path, `/ci/`,
 * which these names do not reach.
 */
export function applyIdentities(scope: CiScope, boundaryArns: readonly string[]): Statement[] {
  return [
    ...grantPermissions(scope, boundaryArns),
    changeIdentities(scope),
    {
      Sid: "PassRoles",
      Effect: "Allow",
      Action: "iam:PassRole",
      Resource: named(scope, "role"),
      Condition: {
        StringLike: { "iam:PassedToService": services.map((service) => `${service}.amazonaws.com*`) },
      },
    },
    {
      Sid: "LetServicesMakeTheirRoles",
      Effect: "Allow",
      Action: "iam:CreateServiceLinkedRole",
      Resource: iamArnOf(scope[0].place, "role/aws-service-role/*"),
      Condition: {
        StringLike: {
          "iam:AWSServiceName": [...linkedServices, ...kafkaLinkedServices(scope)].map(
            (service) => `${service}.amazonaws.com*`,
          ),
        },
      },
    },
  ];
}
