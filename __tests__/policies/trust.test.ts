import { airflowTrust, emrServiceTrust, instanceTrust, serverlessJobTrust } from "../../policies/trust";
import { china, place, statements } from "./documents";

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
