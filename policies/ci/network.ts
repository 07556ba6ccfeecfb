import { arnOf } from "../arn";
import { partitionOf } from "../partition";
import type { Statement } from "../statement";
import { defaultGroupTag } from "../vpc";
import { type CiScope, type ExistingNetwork, everywhere, taggedAsOwn, taggingAsOwn } from "./scope";

/** The only tag that is put on what somebody else owns. */
const emrTagKey = "for-use-with-amazon-emr-managed-policies";

const network = (scope: CiScope): string[] => everywhere(scope, "ec2", "*");

const hostedZones = ([{ place }]: CiScope): string =>
  `arn:${partitionOf(place.region)}:route53:::hostedzone/*`;

/**
 * What is done with a VPC that somebody else owns, whose tags are not the environment's: the VPN is associated with its
 * subnets, and its private subnets get the one tag that EMR asks for. Each ARN is named, in any account, since a VPC may
 * be shared. Sources: Service Authorization Reference, "Actions, resources, and condition keys for Amazon EC2";
 * Amazon EMR Management Guide, "Tag resources for use with managed policies".
 */
function useExistingNetwork(scope: CiScope): Statement[] {
  const arns = (ids: (network: ExistingNetwork) => readonly string[]): string[] =>
    scope.flatMap(({ place, existing }) =>
      existing ? ids(existing).map((id) => arnOf(place, "ec2", id, "*")) : [],
    );
  const subnets = arns(({ subnetIds }) => subnetIds.map((id) => `subnet/${id}`));
  if (subnets.length === 0) return [];
  return [
    {
      Sid: "UseExistingNetwork",
      Effect: "Allow",
      Action: ["ApplySecurityGroupsToClientVpnTargetNetwork", "AssociateClientVpnTargetNetwork"]
        .concat([
          "CreateClientVpnRoute",
          "CreateNetworkInterface",
          "CreateSecurityGroup",
          "CreateVpcEndpoint",
        ])
        .concat(["DeleteClientVpnRoute", "ModifyClientVpnEndpoint"])
        .map((action) => `ec2:${action}`),
      Resource: [...arns(({ vpcId }) => [`vpc/${vpcId}`]), ...subnets],
    },
    {
      Sid: "TagExistingSubnets",
      Effect: "Allow",
      Action: ["ec2:CreateTags", "ec2:DeleteTags"],
      Resource: subnets,
      // A request without keys, which deletes all tags, has no value to compare.
      Condition: {
        "ForAllValues:StringEquals": { "aws:TagKeys": [emrTagKey] },
        Null: { "aws:TagKeys": "false" },
      },
    },
  ];
}

/**
 * IAM cannot tell a VPC's default group from another one without tags. So a group that was adopted keeps its mark, and
 * one with the mark is never opened, changed or deleted: whoever tags somebody else's group gains nothing by it.
 */
function keepDefaultGroupsEmpty(scope: CiScope): Statement[] {
  const Resource = everywhere(scope, "ec2", "security-group/*");
  const StringEquals = { [`aws:ResourceTag/${defaultGroupTag.key}`]: defaultGroupTag.value };
  const deny = (
    Sid: string,
    Action: readonly string[],
    more: NonNullable<Statement["Condition"]> = {},
  ): Statement => ({ Sid, Effect: "Deny", Action, Resource, Condition: { StringEquals, ...more } });
  return [
    deny("KeepDefaultGroupsEmpty", [
      "ec2:Authorize*",
      "ec2:DeleteSecurityGroup",
      "ec2:ModifySecurityGroupRules",
    ]),
    deny("KeepDefaultGroupsMarked", ["ec2:CreateTags", "ec2:DeleteTags"], {
      "ForAnyValue:StringEquals": { "aws:TagKeys": [defaultGroupTag.key] },
    }),
    // A request without keys deletes all tags.
    deny("KeepDefaultGroupsTagged", ["ec2:DeleteTags"], { Null: { "aws:TagKeys": "true" } }),
  ];
}

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
    // A VPC is born with a group that has no tags yet: it is tagged, and emptied.
    Sid: "AdoptDefaultGroup",
    Effect: "Allow",
    Action: "ec2:CreateTags",
    Resource: everywhere(scope, "ec2", "security-group/*"),
    Condition: {
      StringEquals: {
        ...taggingAsOwn(scope),
        [`aws:RequestTag/${defaultGroupTag.key}`]: defaultGroupTag.value,
      },
      Null: { "aws:ResourceTag/environment": "true" },
    },
  },
  ...keepDefaultGroupsEmpty(scope),
  {
    Sid: "EmptyDefaultGroup",
    Effect: "Allow",
    Action: ["ec2:RevokeSecurityGroupEgress", "ec2:RevokeSecurityGroupIngress"],
    Resource: everywhere(scope, "ec2", "security-group/*"),
    Condition: { Null: { "aws:ResourceTag/environment": "true" } },
  },
  {
    // A subnet that leaves its list goes back to the VPC's default one, which Terraform does not manage and which has
    // no tags. The subnet itself has to be own.
    Sid: "ReturnToDefaultAcl",
    Effect: "Allow",
    Action: "ec2:ReplaceNetworkAclAssociation",
    Resource: everywhere(scope, "ec2", "network-acl/*"),
    Condition: { Null: { "aws:ResourceTag/environment": "true" } },
  },
  {
    // Private DNS of an interface endpoint is a hosted zone of AWS's that EC2 associates with the VPC in its caller's
    // name. Source: Service Authorization Reference, "Actions, resources, and condition keys for Amazon EC2",
    // dependent actions of CreateVpcEndpoint.
    Sid: "AssociatePrivateDns",
    Effect: "Allow",
    Action: "route53:AssociateVPCWithHostedZone",
    Resource: hostedZones(scope),
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
    ...useExistingNetwork(scope),
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
