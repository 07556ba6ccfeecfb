/**
 * What the platform cannot run without: job logs, the facts of the stacks, the queue of MWAA's workers, and EMR itself.
 */
export const requiredInterfaceEndpoints = ["logs", "secretsmanager", "sqs", "elasticmapreduce"] as const;

/**
 * Services reachable by an interface endpoint, named as in `com.amazonaws.<region>.<service>`.
 * `s3` is not one of them: the network stack always has its gateway endpoint.
 * Source: AWS PrivateLink Guide, "AWS services that integrate with AWS PrivateLink".
 */
export const interfaceEndpoints = [
  ...requiredInterfaceEndpoints,
  "airflow.api",
  "airflow.env",
  "airflow.ops",
  "athena",
  "autoscaling",
  "cloudformation",
  "cloudtrail",
  "ec2",
  "ec2messages",
  "ecr.api",
  "ecr.dkr",
  "emr-serverless",
  "events",
  "glue",
  "kinesis-firehose",
  "kinesis-streams",
  "kms",
  "lakeformation",
  "lambda",
  "monitoring",
  "rds",
  "rds-data",
  "sns",
  "ssm",
  "ssmmessages",
  "states",
  "sts",
] as const;
