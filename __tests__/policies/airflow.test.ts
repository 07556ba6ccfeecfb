import { airflowPolicy } from "../../policies/airflow";
import { clusterPolicy } from "../../policies/airflow-engines";
import { airflow, clusters, key, place, statements, texts } from "./documents";

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

  test("signs in to its own Airflow only, as Op and never as Admin", () => {
    const signing = Object.values(own).filter(({ Action }) =>
      texts(Action).some((action) => /^airflow:(Create|Invoke)/.test(action)),
    );
    expect(signing).toEqual([
      {
        Sid: "SignInToAirflow",
        Effect: "Allow",
        Action: "airflow:CreateWebLoginToken",
        Resource: "arn:aws:airflow:eu-north-1:111111111111:role/x-airflow/Op",
      },
    ]);
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

  test("writes to no secret, and to no bucket but the folder of the event logs", () => {
    const writing = Object.values({ ...own, ...emr }).filter(({ Action }) =>
      texts(Action).some((action) => /^(s3|secretsmanager):(?!Get|List|Describe)/.test(action)),
    );
    expect(writing).toEqual([
      {
        Sid: "MakeEventLogFolder",
        Effect: "Allow",
        Action: "s3:PutObject",
        Resource: "arn:aws:s3:::logs/logs/spark-events/*",
      },
    ]);
  });

  test("makes clusters with its tags only, and touches no others", () => {
    const requested = { "aws:RequestTag/project": "p", "aws:RequestTag/environment": "e" };
    const carried = { "aws:ResourceTag/project": "p", "aws:ResourceTag/environment": "e" };
    expect(emr.CreateTaggedClusters?.Condition).toEqual({ StringEquals: requested });
    expect(emr.RunOwnClusters?.Condition).toEqual({ StringEquals: carried });
    expect(texts(emr.RunOwnClusters?.Action)).toContain("elasticmapreduce:TerminateJobFlows");
    // A cluster of another environment carries tags already: they may not be overwritten.
    for (const statement of [emr.TagNewClusters, emr.SetUpNewClusters]) {
      expect(statement).toMatchObject({
        Resource: "arn:aws:elasticmapreduce:eu-north-1:111111111111:cluster/*",
        Condition: { StringEquals: requested, StringEqualsIfExists: carried },
      });
    }
    expect(texts(emr.SetUpNewClusters?.Action)).toEqual([
      "elasticmapreduce:PutAutoTerminationPolicy",
      "elasticmapreduce:PutManagedScalingPolicy",
    ]);
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

  test("has everything without a resource of its own behind a condition, listing and reading settings aside", () => {
    const open = Object.values({ ...own, ...emr }).filter(({ Resource }) => texts(Resource).includes("*"));
    expect(open.filter(({ Condition }) => !Condition).map(({ Sid }) => Sid)).toEqual([
      "ReadAccountSettings",
      "FindClusters",
    ]);
  });
});
