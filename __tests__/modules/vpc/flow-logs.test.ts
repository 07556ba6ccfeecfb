import { FlowLogs } from "../../../modules/vpc/flow-logs";
import { Vpc } from "../../../modules/vpc/vpc";
import { only, ref, synthesizeModule } from "../../stacks/synthesis";

const json = synthesizeModule((stack) => {
  const { vpc } = new Vpc(stack, "vpc", { name: "v", cidr: "10.0.0.0/16" });
  new FlowLogs(stack, "flow_logs", {
    vpc,
    place: { region: "eu-north-1", accountId: "111111111111" },
    namePrefix: "x",
    traffic: "ALL",
    retentionInDays: 365,
  });
});
const logGroupArn = "arn:aws:logs:eu-north-1:111111111111:log-group:/x/vpc-flow-logs";

test("the log group is encrypted and forgets", () => {
  expect(only(json, "aws_cloudwatch_log_group")).toEqual({
    name: "/x/vpc-flow-logs",
    retention_in_days: 365,
    kms_key_id: ref("aws_kms_key.flow_logs_key.arn"),
    tags: { purpose: "Connections in the VPC" },
  });
});

test("its key rotates, stays, and serves CloudWatch Logs for this log group only", () => {
  const key = only(json, "aws_kms_key");
  expect(key).toMatchObject({ enable_key_rotation: true, lifecycle: { prevent_destroy: true } });
  const [iam, logs, ...others] = JSON.parse(key.policy).Statement;
  expect(others).toEqual([]);
  expect(iam).toMatchObject({ Sid: "DelegatedToIam", Principal: { AWS: "arn:aws:iam::111111111111:root" } });
  expect(logs).toMatchObject({
    Principal: { Service: "logs.eu-north-1.amazonaws.com" },
    Condition: { ArnLike: { "kms:EncryptionContext:aws:logs:arn": [logGroupArn] } },
  });
  expect(only(json, "aws_kms_alias").name).toBe("alias/x-flow-logs");
});

test("the flow log covers the VPC, and waits until its role may write", () => {
  expect(only(json, "aws_flow_log")).toEqual({
    vpc_id: ref("aws_vpc.vpc.id"),
    traffic_type: "ALL",
    log_destination_type: "cloud-watch-logs",
    log_destination: ref("aws_cloudwatch_log_group.flow_logs.arn"),
    iam_role_arn: ref("aws_iam_role.flow_logs_writer.arn"),
    tags: { Name: "x-flow-logs" },
    depends_on: ["aws_iam_role_policy.flow_logs_writer_write"],
  });
});

test("the role is for this account's flow logs, and writes into one log group", () => {
  const role = only(json, "aws_iam_role");
  expect(role.name).toBe("x-flow-logs");
  expect(JSON.parse(role.assume_role_policy).Statement).toMatchObject([
    {
      Principal: { Service: ["vpc-flow-logs.amazonaws.com"] },
      Condition: {
        StringEquals: { "aws:SourceAccount": "111111111111" },
        ArnLike: { "aws:SourceArn": "arn:aws:ec2:eu-north-1:111111111111:vpc-flow-log/*" },
      },
    },
  ]);
  const [write, find, ...others] = JSON.parse(only(json, "aws_iam_role_policy").policy).Statement;
  expect(others).toEqual([]);
  const arn = ref("aws_cloudwatch_log_group.flow_logs.arn");
  expect(write.Resource).toEqual([arn, `${arn}:*`]);
  expect(write.Action).toEqual(["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"]);
  expect(find).toMatchObject({ Action: "logs:DescribeLogGroups", Resource: "*" });
});
