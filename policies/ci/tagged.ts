import { domainOf } from "../partition";
import type { Statement } from "../statement";
import { type CiScope, everywhere, taggedAsOwn, taggingAsOwn } from "./scope";

/** What a refresh asks without naming a resource, because the services know none for it. */
export const readUnnamed: Statement = {
  Sid: "ReadUnnamed",
  Effect: "Allow",
  Action: [
    "acm:ListCertificates",
    "ec2:Describe*",
    "elasticmapreduce:DescribeSecurityConfiguration",
    "kms:ListAliases",
    "logs:DescribeLogGroups",
    "rds:DescribeDBEngineVersions",
    "sts:GetCallerIdentity",
  ],
  Resource: "*",
};

const network = (scope: CiScope): string[] => everywhere(scope, "ec2", "*");

const createNetwork = (scope: CiScope): Statement[] => [
  {
    Sid: "CreateNetwork",
    Effect: "Allow",
    Action: ["AllocateAddress", "CreateClientVpnEndpoint", "CreateFlowLogs", "CreateInternetGateway"]
      .concat(["CreateNatGateway", "CreateNetworkAcl", "CreateNetworkInterface", "CreateRouteTable"])
      .concat(["CreateSecurityGroup", "CreateSubnet", "CreateVpc", "CreateVpcEndpoint"])
      .map((action) => `ec2:${action}`),
    Resource: network(scope),
  },
  {
    Sid: "TagNewNetwork",
    Effect: "Allow",
    Action: "ec2:CreateTags",
    Resource: network(scope),
    Condition: { StringEquals: taggingAsOwn(scope), Null: { "ec2:CreateAction": "false" } },
  },
  {
    // A VPC is born with a group that has no tags yet: it is taken over, and emptied.
    Sid: "AdoptDefaultGroup",
    Effect: "Allow",
    Action: "ec2:CreateTags",
    Resource: everywhere(scope, "ec2", "security-group/*"),
    Condition: { StringEquals: taggingAsOwn(scope), Null: { "aws:ResourceTag/environment": "true" } },
  },
  {
    Sid: "EmptyDefaultGroup",
    Effect: "Allow",
    Action: ["ec2:RevokeSecurityGroupEgress", "ec2:RevokeSecurityGroupIngress"],
    Resource: everywhere(scope, "ec2", "security-group/*"),
    Condition: { Null: { "aws:ResourceTag/environment": "true" } },
  },
  {
    // A rule is authorized on its group, which has to be own, and as a new resource, which has no tags yet.
    Sid: "CreateSecurityGroupRules",
    Effect: "Allow",
    Action: ["ec2:AuthorizeSecurityGroupEgress", "ec2:AuthorizeSecurityGroupIngress"],
    Resource: everywhere(scope, "ec2", "security-group-rule/*"),
  },
];

/** Source: Amazon EC2 User Guide, "Grant permission to tag Amazon EC2 resources during creation". */
export function applyNetwork(scope: CiScope): Statement[] {
  return [
    ...createNetwork(scope),
    {
      Sid: "ChangeOwnNetwork",
      Effect: "Allow",
      Action: [
        "ApplySecurityGroupsToClientVpnTargetNetwork",
        "AssociateClientVpnTargetNetwork",
        "AssociateRouteTable",
      ]
        .concat(["AttachInternetGateway", "Authorize*", "CreateClientVpnRoute", "CreateNetworkAclEntry"])
        .concat(["CreateRoute", "CreateTags", "Delete*", "DetachInternetGateway", "Disassociate*"])
        .concat(["Modify*", "ReleaseAddress", "Replace*", "Revoke*", "UpdateSecurityGroupRuleDescriptions*"])
        .map((action) => `ec2:${action}`),
      Resource: network(scope),
      Condition: taggedAsOwn(scope),
    },
  ];
}

const keys = (scope: CiScope): string[] => everywhere(scope, "kms", "key/*");

/** Keys, of which a refresh reads the settings, and a release what they encrypt. */
export function readKeys(scope: CiScope): Statement[] {
  const { StringEquals } = taggedAsOwn(scope);
  return [
    {
      Sid: "ReadKeys",
      Effect: "Allow",
      Action: ["kms:DescribeKey", "kms:GetKeyPolicy", "kms:GetKeyRotationStatus", "kms:ListResourceTags"],
      Resource: keys(scope),
      Condition: taggedAsOwn(scope),
    },
    {
      Sid: "DecryptReleases",
      Effect: "Allow",
      Action: "kms:Decrypt",
      Resource: keys(scope),
      Condition: { StringEquals: { ...StringEquals, "kms:ViaService": via(scope, "s3") } },
    },
  ];
}

const via = (scope: CiScope, ...services: readonly string[]): string[] => {
  const regions = [...new Set(scope.map(({ place }) => place.region))];
  return regions.flatMap((region) => services.map((service) => `${service}.${region}.${domainOf(region)}`));
};

/** Source: AWS KMS Developer Guide, "Control access to tagged keys" and "Permissions to create KMS keys". */
export function applyKeys(scope: CiScope): Statement[] {
  const { StringEquals } = taggedAsOwn(scope);
  const Resource = keys(scope);
  return [
    {
      Sid: "CreateKeys",
      Effect: "Allow",
      Action: "kms:CreateKey",
      Resource: "*",
      Condition: { StringEquals: taggingAsOwn(scope) },
    },
    {
      // A key of nobody's yet: another environment's cannot be made one's own by its tags.
      Sid: "TagNewKeys",
      Effect: "Allow",
      Action: "kms:TagResource",
      Resource,
      Condition: {
        StringEquals: taggingAsOwn(scope),
        Null: { "aws:ResourceTag/environment": "true" },
      },
    },
    {
      Sid: "ChangeOwnKeys",
      Effect: "Allow",
      Action: ["CreateAlias", "DeleteAlias", "DisableKeyRotation", "EnableKeyRotation", "PutKeyPolicy"]
        .concat(["CancelKeyDeletion", "ScheduleKeyDeletion", "TagResource", "UntagResource", "UpdateAlias"])
        .concat(["UpdateKeyDescription"])
        .map((action) => `kms:${action}`),
      Resource,
      Condition: taggedAsOwn(scope),
    },
    {
      Sid: "GrantKeysToServices",
      Effect: "Allow",
      Action: "kms:CreateGrant",
      Resource,
      Condition: { StringEquals: StringEquals ?? {}, Bool: { "kms:GrantIsForAWSResource": "true" } },
    },
    {
      Sid: "EncryptReleases",
      Effect: "Allow",
      Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
      Resource,
      Condition: {
        StringEquals: { ...StringEquals, "kms:ViaService": via(scope, "s3", "secretsmanager") },
      },
    },
  ];
}

/**
 * EMR Serverless's applications, and ACM's certificates: Terraform finds the VPN's by its tags, for which it asks for
 * the tags of all.
 */
export function readTagged(scope: CiScope): Statement[] {
  return [
    {
      Sid: "ReadApplications",
      Effect: "Allow",
      Action: ["emr-serverless:GetApplication", "emr-serverless:ListTagsForResource"],
      Resource: everywhere(scope, "emr-serverless", "/applications/*"),
      Condition: taggedAsOwn(scope),
    },
    {
      Sid: "FindCertificates",
      Effect: "Allow",
      Action: ["acm:DescribeCertificate", "acm:GetCertificate", "acm:ListTagsForCertificate"],
      Resource: everywhere(scope, "acm", "certificate/*"),
    },
  ];
}

/** Source: Service Authorization Reference, "Actions, resources, and condition keys for Amazon EMR Serverless". */
export function applyTagged(scope: CiScope): Statement[] {
  const applications = everywhere(scope, "emr-serverless", "/applications/*");
  return [
    {
      Sid: "CreateUnnamed",
      Effect: "Allow",
      Action: [
        "elasticmapreduce:CreateSecurityConfiguration",
        "elasticmapreduce:DeleteSecurityConfiguration",
      ].concat(["logs:CreateLogDelivery", "logs:DeleteLogDelivery"]),
      Resource: "*",
    },
    {
      Sid: "CreateApplications",
      Effect: "Allow",
      Action: "emr-serverless:CreateApplication",
      Resource: "*",
      Condition: { StringEquals: taggingAsOwn(scope) },
    },
    {
      Sid: "TagNewApplications",
      Effect: "Allow",
      Action: "emr-serverless:TagResource",
      Resource: applications,
      Condition: {
        StringEquals: taggingAsOwn(scope),
        Null: { "aws:ResourceTag/environment": "true" },
      },
    },
    {
      Sid: "ChangeOwnApplications",
      Effect: "Allow",
      Action: [
        "DeleteApplication",
        "ListJobRuns",
        "StopApplication",
        "TagResource",
        "UntagResource",
        "UpdateApplication",
      ].map((action) => `emr-serverless:${action}`),
      Resource: applications,
      Condition: taggedAsOwn(scope),
    },
  ];
}
