import { jobRunPolicy } from "../../policies/airflow-engines";
import { emrInstancePolicy, emrServicePolicy, serverlessJobPolicy } from "../../policies/emr";
import { key, lake, place, statements, texts } from "./documents";

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
    expect(Object.keys(jobs)).toEqual([
      "ListBuckets",
      "ReadInputAndCode",
      "WriteResultsAndLogs",
      "KeepTables",
      "UseKey",
    ]);
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

  test("jobs make and change tables of their databases, and drop none", () => {
    expect(jobs.KeepTables).toEqual({
      Sid: "KeepTables",
      Effect: "Allow",
      Action: ["glue:CreateTable", "glue:GetDatabase", "glue:GetTable", "glue:UpdateTable"],
      Resource: [
        "catalog",
        "database/x_curated",
        "table/x_curated/*",
        "database/x_marts",
        "table/x_marts/*",
      ].map((resource) => `arn:aws:glue:eu-north-1:111111111111:${resource}`),
    });
  });

  test("jobs touch nothing but these buckets, tables and the key", () => {
    const { KeepTables: _, ...others } = jobs;
    const resources = Object.values(others).flatMap(({ Resource }) => texts(Resource));
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
    expect(FindLogGroup?.Resource).toBe("*");
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
