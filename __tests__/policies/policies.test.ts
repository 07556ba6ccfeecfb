import { airflowPolicy, clusterPolicy, jobRunPolicy } from "../../policies/airflow";
import {
  allowLogDelivery,
  denyOtherEncryption,
  denyOtherKeys,
  denyPlainHttp,
} from "../../policies/bucket-policy";
import { emrInstancePolicy, emrServicePolicy, serverlessJobPolicy } from "../../policies/emr";
import { flowLogsPolicy } from "../../policies/flow-logs";
import { dataKeyPolicy } from "../../policies/key-policy";
import type { Statement } from "../../policies/statement";
import { airflowTrust, emrServiceTrust, instanceTrust, serverlessJobTrust } from "../../policies/trust";

const place = { region: "eu-north-1", accountId: "111111111111" };
const china = { region: "cn-north-1", accountId: "111111111111" };
const key = "arn:aws:kms:eu-north-1:111111111111:key/k";

/** The statements of a document by sid; no two have the same. */
function statements(document: string): Record<string, Statement> {
  const list: Statement[] = JSON.parse(document).Statement;
  const bySid = Object.fromEntries(list.map((statement) => [statement.Sid, statement]));
  expect(Object.keys(bySid)).toHaveLength(list.length);
  return bySid;
}

const texts = (value: string | readonly string[] | undefined) => [value ?? []].flat();

const lake = { dataBucket: "data", artifactsBucket: "artifacts", logsBucket: "logs", keyArn: key };
const airflow = {
  environmentName: "x-airflow",
  artifactsBucket: "artifacts",
  keyArn: key,
  secretsPrefix: "p/e/airflow",
  metricsNamespace: "p/e",
};
const clusters = {
  serviceRole: "x-emr-service",
  instanceRole: "x-emr-instance",
  tags: { project: "p", environment: "e" },
};

describe("trust", () => {
  test("of EMR holds for this account's clusters only", () => {
    expect(JSON.parse(emrServiceTrust(place)).Statement).toEqual([
      {
        Sid: "AssumedByService",
        Effect: "Allow",
        Principal: { Service: ["elasticmapreduce.amazonaws.com"] },
        Action: "sts:AssumeRole",
        Condition: {
          StringEquals: { "aws:SourceAccount": "111111111111" },
          ArnLike: { "aws:SourceArn": "arn:aws:elasticmapreduce:eu-north-1:111111111111:*" },
        },
      },
    ]);
  });

  test("of Airflow is for both of its services and one environment", () => {
    const { AssumedByService } = statements(airflowTrust(place, "x-airflow"));
    expect(AssumedByService?.Principal).toEqual({
      Service: ["airflow.amazonaws.com", "airflow-env.amazonaws.com"],
    });
    expect(AssumedByService?.Condition?.ArnLike).toEqual({
      "aws:SourceArn": "arn:aws:airflow:eu-north-1:111111111111:environment/x-airflow",
    });
  });

  test("of jobs on EMR Serverless holds for one application", () => {
    expect(statements(serverlessJobTrust(place, { arn: "arn:application" })).AssumedByService).toEqual({
      Sid: "AssumedByService",
      Effect: "Allow",
      Principal: { Service: ["emr-serverless.amazonaws.com"] },
      Action: "sts:AssumeRole",
      Condition: {
        StringEquals: { "aws:SourceAccount": "111111111111" },
        ArnEquals: { "aws:SourceArn": "arn:application" },
      },
    });
  });

  test("of instances is for EC2", () => {
    expect(statements(instanceTrust(place)).AssumedByService?.Principal).toEqual({
      Service: ["ec2.amazonaws.com"],
    });
  });

  test("names China's services as China does", () => {
    expect(statements(emrServiceTrust(china)).AssumedByService).toMatchObject({
      Principal: { Service: ["elasticmapreduce.amazonaws.com.cn"] },
      Condition: { ArnLike: { "aws:SourceArn": "arn:aws-cn:elasticmapreduce:cn-north-1:111111111111:*" } },
    });
  });
});

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

describe("EMR", () => {
  test("its service role adds one PassRole and the key to AWS's policy", () => {
    const policy = statements(emrServicePolicy({ arn: "arn:instance" }, key));
    expect(Object.keys(policy)).toEqual(["PassInstanceRole", "UseKey", "GrantKeyToVolumes"]);
    expect(policy.PassInstanceRole).toMatchObject({
      Action: "iam:PassRole",
      Resource: "arn:instance",
      Condition: { StringLike: { "iam:PassedToService": "ec2.amazonaws.com*" } },
    });
    expect(policy.GrantKeyToVolumes).toMatchObject({
      Action: "kms:CreateGrant",
      Resource: key,
      Condition: { Bool: { "kms:GrantIsForAWSResource": "true" } },
    });
  });

  const jobs = statements(emrInstancePolicy(place, lake));

  test("jobs read raw data and released code, and write everything else of the lake", () => {
    expect(Object.keys(jobs)).toEqual(["ListBuckets", "ReadInputAndCode", "WriteResultsAndLogs", "UseKey"]);
    expect(jobs.ReadInputAndCode?.Resource).toEqual([
      "arn:aws:s3:::data/raw/*",
      "arn:aws:s3:::artifacts/etl/*",
      "arn:aws:s3:::eu-north-1.elasticmapreduce/*",
    ]);
    expect(jobs.WriteResultsAndLogs?.Resource).toEqual([
      "arn:aws:s3:::data/staged*",
      "arn:aws:s3:::data/curated*",
      "arn:aws:s3:::data/quarantine*",
      "arn:aws:s3:::data/marts*",
      "arn:aws:s3:::data/runs*",
      "arn:aws:s3:::data/published*",
      "arn:aws:s3:::logs/logs/*",
    ]);
  });

  test("jobs touch nothing but these buckets and the key", () => {
    const resources = Object.values(jobs).flatMap(({ Resource }) => texts(Resource));
    const own = /^arn:aws:s3:::(data|artifacts|logs|eu-north-1\.elasticmapreduce)(\/|$)/;
    expect(resources.filter((resource) => !own.test(resource))).toEqual([key]);
    expect(
      Object.values(jobs)
        .flatMap(({ Action }) => texts(Action))
        .filter((action) => action.includes("s3:*")),
    ).toEqual([]);
  });
});

describe("EMR Serverless", () => {
  const { FindLogGroup, WriteLog, ...data } = statements(serverlessJobPolicy(place, lake, { name: "/x" }));

  test("its jobs may do with the data what those on a cluster may", () => {
    expect(data).toEqual(statements(emrInstancePolicy(place, lake)));
  });

  test("its jobs write to their own log group, and make none", () => {
    const group = "arn:aws:logs:eu-north-1:111111111111:log-group:/x";
    expect(WriteLog?.Resource).toEqual([group, `${group}:*`]);
    expect(WriteLog?.Action).toEqual([
      "logs:CreateLogStream",
      "logs:DescribeLogStreams",
      "logs:PutLogEvents",
    ]);
    expect(FindLogGroup?.Resource).toBe("arn:aws:logs:eu-north-1:111111111111:log-group:*");
  });

  test("Airflow submits to one application, watches its job runs, and hands over one role to this service", () => {
    const policy = statements(jobRunPolicy({ applicationArn: "arn:application", jobRole: "arn:job" }));
    expect(Object.keys(policy)).toEqual(["SubmitJobRuns", "WatchJobRuns", "PassJobRole"]);
    expect(policy.SubmitJobRuns?.Resource).toBe("arn:application");
    expect(policy.WatchJobRuns?.Resource).toBe("arn:application/jobruns/*");
    expect(policy.PassJobRole).toMatchObject({
      Action: "iam:PassRole",
      Resource: "arn:job",
      Condition: { StringLike: { "iam:PassedToService": "emr-serverless.amazonaws.com*" } },
    });
  });
});

describe("Airflow", () => {
  const own = statements(airflowPolicy(place, airflow));
  const emr = statements(clusterPolicy(place, clusters));

  test("has the permissions MWAA asks for, on its own things", () => {
    expect(own.PublishHealth?.Resource).toBe("arn:aws:airflow:eu-north-1:111111111111:environment/x-airflow");
    expect(own.WriteLogs?.Resource).toBe(
      "arn:aws:logs:eu-north-1:111111111111:log-group:airflow-x-airflow-*",
    );
    expect(own.QueueTasks?.Resource).toBe("arn:aws:sqs:eu-north-1:*:airflow-celery-*");
    expect(own.ReadDagsAndReleases?.Resource).toEqual(["arn:aws:s3:::artifacts", "arn:aws:s3:::artifacts/*"]);
    expect(own.ReadVariablesAndConnections?.Resource).toBe(
      "arn:aws:secretsmanager:eu-north-1:111111111111:secret:p/e/airflow/*",
    );
    expect(own.ReadAccountSettings?.Action).toContain("s3:GetAccountPublicAccessBlock");
  });

  test("uses the key through services only", () => {
    expect(own.UseKey).toMatchObject({
      Resource: key,
      Condition: {
        StringEquals: {
          "kms:ViaService": [
            "sqs.eu-north-1.amazonaws.com",
            "s3.eu-north-1.amazonaws.com",
            "secretsmanager.eu-north-1.amazonaws.com",
          ],
        },
      },
    });
  });

  test("writes to no bucket and to no secret", () => {
    const actions = Object.values({ ...own, ...emr }).flatMap(({ Action }) => texts(Action));
    expect(actions.filter((action) => /^(s3|secretsmanager):(?!Get|List|Describe)/.test(action))).toEqual([]);
  });

  test("makes clusters with its tags only, and touches no others", () => {
    expect(emr.CreateTaggedClusters?.Condition).toEqual({
      StringEquals: { "aws:RequestTag/project": "p", "aws:RequestTag/environment": "e" },
    });
    expect(emr.TagNewClusters).toMatchObject({
      Resource: "arn:aws:elasticmapreduce:eu-north-1:111111111111:cluster/*",
      Condition: emr.CreateTaggedClusters?.Condition,
    });
    expect(emr.RunOwnClusters?.Condition).toEqual({
      StringEquals: { "aws:ResourceTag/project": "p", "aws:ResourceTag/environment": "e" },
    });
    expect(texts(emr.RunOwnClusters?.Action)).toContain("elasticmapreduce:TerminateJobFlows");
  });

  test("hands EMR its two roles, each to its service", () => {
    expect(emr.PassServiceRole).toMatchObject({
      Resource: "arn:aws:iam::111111111111:role/x-emr-service",
      Condition: { StringLike: { "iam:PassedToService": "elasticmapreduce.amazonaws.com*" } },
    });
    expect(emr.PassInstanceRole).toMatchObject({
      Resource: "arn:aws:iam::111111111111:role/x-emr-instance",
      Condition: { StringLike: { "iam:PassedToService": "ec2.amazonaws.com*" } },
    });
  });

  test("has everything without a resource of its own behind a condition, reading settings aside", () => {
    const open = Object.values({ ...own, ...emr }).filter(({ Resource }) => texts(Resource).includes("*"));
    expect(open.filter(({ Condition }) => !Condition).map(({ Sid }) => Sid)).toEqual(["ReadAccountSettings"]);
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

test("no policy allows all actions of a service, IAM's over the key aside", () => {
  const documents = [
    emrServicePolicy({ arn: "arn:instance" }, key),
    emrInstancePolicy(place, lake),
    airflowPolicy(place, airflow),
    clusterPolicy(place, clusters),
    flowLogsPolicy(place, "arn:aws:logs:eu-north-1:111111111111:log-group:/x/vpc-flow-logs"),
    serverlessJobPolicy(place, lake, { name: "/x" }),
    jobRunPolicy({ applicationArn: "arn:application", jobRole: "arn:job" }),
  ];
  const actions = documents.flatMap((document) =>
    Object.values(statements(document)).flatMap(({ Action }) => texts(Action)),
  );
  expect(actions.length).toBeGreaterThan(40);
  expect(actions.filter((action) => /:\*$|^\*$/.test(action))).toEqual([]);
});
