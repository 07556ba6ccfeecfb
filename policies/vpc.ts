import { policyDocument } from "./statement";

/** The tag of a VPC's default security group, which nobody may open. */
export const defaultGroupTag = { key: "default-group", value: "empty" } as const;

/**
 * What the flow logs' role does: write into one log group, which it finds first; IAM knows no resource for that action.
 * Sources: Amazon VPC User Guide, "IAM role for publishing flow logs to CloudWatch Logs"; Service Authorization Reference,
 * "Actions, resources, and condition keys for Amazon CloudWatch Logs".
 *
 * @param logGroupArn ARN of the log group, without `:*`
 */
export function flowLogsPolicy(logGroupArn: string): string {
  return policyDocument(
    {
      Sid: "WriteFlowLogs",
      Effect: "Allow",
      Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
      Resource: [logGroupArn, `${logGroupArn}:*`],
    },
    {
      // The action looks through all groups: it knows no smaller resource.
      Sid: "FindLogGroup",
      Effect: "Allow",
      Action: "logs:DescribeLogGroups",
      Resource: "*",
    },
  );
}
