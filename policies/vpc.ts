import { arnOf, type Place } from "./arn";
import { policyDocument } from "./statement";

/**
 * What the flow logs' role does: write into one log group.
 * Source: Amazon VPC User Guide, "IAM role for publishing flow logs to CloudWatch Logs".
 *
 * @param logGroupArn ARN of the log group, without `:*`
 */
export function flowLogsPolicy(place: Place, logGroupArn: string): string {
  return policyDocument(
    {
      Sid: "WriteFlowLogs",
      Effect: "Allow",
      Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
      Resource: [logGroupArn, `${logGroupArn}:*`],
    },
    {
      Sid: "FindLogGroup",
      Effect: "Allow",
      Action: "logs:DescribeLogGroups",
      Resource: arnOf(place, "logs", "log-group:*"),
    },
  );
}
