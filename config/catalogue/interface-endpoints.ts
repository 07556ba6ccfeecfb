/**
 * What the platform cannot run without: job logs, the facts of the stacks, the queue of MWAA's workers, and EMR itself.
 */
export const requiredInterfaceEndpoints = ["logs", "secretsmanager", "sqs", "elasticmapreduce"] as const;

/**
 * What MWAA and EMR need where no NAT gateway leads to AWS's public endpoints, S3's gateway endpoint besides.
 * Sources: Amazon MWAA User Guide, "Creating the required VPC service endpoints in an Amazon VPC with private routing";
 * Amazon EMR Management Guide, "Connect to Amazon EMR using an interface VPC endpoint"; AWS Glue Developer Guide,
 * "AWS Glue and interface VPC endpoints (AWS PrivateLink)". Secrets Manager holds what the DAGs read, KMS and STS serve
 * the jobs that read and write encrypted data, and Glue has their tables.
 */
export const endpointsWithoutNat = [
  ...requiredInterfaceEndpoints,
  "airflow.api",
  "airflow.env",
  "airflow.ops",
  "ecr.api",
  "ecr.dkr",
  "glue",
  "kms",
  "monitoring",
  "sts",
] as const;

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
