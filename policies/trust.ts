import { arnOf, type Place } from "./arn";
import { servicePrincipal } from "./partition";
import { policyDocument, type Statement } from "./statement";

const assume = (services: readonly string[], condition?: Statement["Condition"]): string =>
  policyDocument({
    Sid: "AssumedByService",
    Effect: "Allow",
    Principal: { Service: services },
    Action: "sts:AssumeRole",
    ...(condition ? { Condition: condition } : {}),
  });

/** The service may only act for resources of this account whose ARN begins so: no confused deputy. */
const onlyFor = (place: Place, service: string, resource: string): Statement["Condition"] => ({
  StringEquals: { "aws:SourceAccount": place.accountId },
  ArnLike: { "aws:SourceArn": arnOf(place, service, resource) },
});

/** Trust of the EMR service role. Source: Amazon EMR Management Guide, "Service role for Amazon EMR (EMR role)". */
export function emrServiceTrust(place: Place): string {
  return assume(
    [servicePrincipal("elasticmapreduce", place.region)],
    onlyFor(place, "elasticmapreduce", "*"),
  );
}

/** Trust of a role for EC2 instances; EC2 supports no source condition on it. */
export function instanceTrust(place: Place): string {
  return assume([servicePrincipal("ec2", place.region)]);
}

/** Trust of the role that writes the VPC's flow logs. Source: Amazon VPC User Guide, "IAM role for publishing flow logs to CloudWatch Logs". */
export function flowLogsTrust(place: Place): string {
  return assume([servicePrincipal("vpc-flow-logs", place.region)], onlyFor(place, "ec2", "vpc-flow-log/*"));
}

/** Trust of the role of one application's jobs. Source: Amazon EMR Serverless User Guide, "Job runtime roles for Amazon EMR Serverless". */
export function serverlessJobTrust(place: Place, application: { readonly arn: string }): string {
  return assume([servicePrincipal("emr-serverless", place.region)], {
    StringEquals: { "aws:SourceAccount": place.accountId },
    ArnEquals: { "aws:SourceArn": application.arn },
  });
}

/**
 * Trust of the role that sends a database server's metrics to CloudWatch Logs.
 * Source: Amazon RDS User Guide, "Setting up and enabling Enhanced Monitoring", confused deputy.
 */
export function databaseMonitoringTrust(place: Place, instance: string): string {
  return assume([servicePrincipal("monitoring.rds", place.region)], onlyFor(place, "rds", `db:${instance}`));
}

/** Trust of the execution role of one MWAA environment. Source: Amazon MWAA User Guide, "Cross-service confused deputy prevention". */
export function airflowTrust(place: Place, environmentName: string): string {
  const services = ["airflow", "airflow-env"].map((service) => servicePrincipal(service, place.region));
  return assume(services, onlyFor(place, "airflow", `environment/${environmentName}`));
}
