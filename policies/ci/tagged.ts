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
