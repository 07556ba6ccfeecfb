import { dataKeyPolicy } from "../../policies/kms";
import { allowLogDelivery, denyOtherEncryption, denyOtherKeys, denyPlainHttp } from "../../policies/s3";
import { key, place, statements } from "./documents";

describe("the key", () => {
  const policy = statements(dataKeyPolicy(place, ["airflow-x-*", "/aws/emr-serverless/x"]));

  test("leaves the account's own principals to IAM", () => {
    expect(Object.keys(policy)).toEqual([
      "DelegatedToIam",
      "UsedByLogGroups",
      "UsedBySpotInstances",
      "GrantedToSpotVolumes",
    ]);
    expect(policy.DelegatedToIam?.Principal).toEqual({ AWS: "arn:aws:iam::111111111111:root" });
  });

  test("serves CloudWatch Logs for log groups of its names only", () => {
    expect(policy.UsedByLogGroups).toMatchObject({
      Principal: { Service: "logs.eu-north-1.amazonaws.com" },
      Condition: {
        ArnLike: {
          "kms:EncryptionContext:aws:logs:arn": [
            "arn:aws:logs:eu-north-1:111111111111:log-group:airflow-x-*",
            "arn:aws:logs:eu-north-1:111111111111:log-group:/aws/emr-serverless/x",
          ],
        },
      },
    });
  });

  test("never admits everybody without saying which role of which account", () => {
    const open = Object.values(policy).filter(({ Principal }) => JSON.stringify(Principal).includes('"*"'));
    expect(open).toHaveLength(2);
    for (const { Condition } of open) {
      expect(Condition).toMatchObject({
        StringEquals: { "kms:CallerAccount": "111111111111" },
        ArnEquals: {
          "aws:PrincipalArn":
            "arn:aws:iam::111111111111:role/aws-service-role/spot.amazonaws.com/AWSServiceRoleForEC2Spot",
        },
      });
    }
    expect(policy.GrantedToSpotVolumes?.Condition?.Bool).toEqual({ "kms:GrantIsForAWSResource": "true" });
  });
});

describe("buckets", () => {
  const bucket = { arn: "arn:bucket" };

  test("refuse plain HTTP, on themselves and their objects", () => {
    expect(denyPlainHttp(bucket)).toMatchObject({
      Effect: "Deny",
      Resource: ["arn:bucket", "arn:bucket/*"],
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    });
  });

  test("refuse a key or cipher that is named and wrong, and take an upload that names none", () => {
    const header = "s3:x-amz-server-side-encryption-aws-kms-key-id";
    expect(denyOtherKeys(bucket, key)).toMatchObject({
      Effect: "Deny",
      Condition: { Null: { [header]: "false" }, StringNotEquals: { [header]: key } },
    });
    expect(denyOtherEncryption(bucket)).toMatchObject({
      Effect: "Deny",
      Condition: {
        Null: { "s3:x-amz-server-side-encryption": "false" },
        StringNotEquals: { "s3:x-amz-server-side-encryption": "aws:kms" },
      },
    });
  });

  test("take access logs of the account's named buckets", () => {
    expect(allowLogDelivery(bucket, place, [{ arn: "arn:source" }])).toMatchObject({
      Principal: { Service: "logging.s3.amazonaws.com" },
      Resource: "arn:bucket/*",
      Condition: {
        StringEquals: { "aws:SourceAccount": "111111111111" },
        ArnLike: { "aws:SourceArn": ["arn:source"] },
      },
    });
  });
});
