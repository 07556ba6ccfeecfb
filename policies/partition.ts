/** The partition of a region's ARNs. Source: AWS General Reference, "Amazon Resource Names (ARNs)". */
export function partitionOf(region: string): string {
  if (region.startsWith("cn-")) return "aws-cn";
  if (region.startsWith("us-gov-")) return "aws-us-gov";
  return "aws";
}

/** The domain of a region's endpoints. Source: AWS General Reference, "AWS service endpoints". */
export function domainOf(region: string): string {
  return region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
}

/**
 * The principal of a service that acts in a region. Two services do not use `<service>.amazonaws.com` everywhere:
 * CloudWatch Logs names the region, EMR the partition's domain.
 * Sources: Amazon CloudWatch Logs User Guide, "Encrypt log data using AWS KMS"; Amazon EMR Management Guide,
 * "Service role for Amazon EMR".
 */
export function servicePrincipal(service: string, region: string): string {
  if (service === "logs") return `logs.${region}.${domainOf(region)}`;
  if (service === "elasticmapreduce") return `elasticmapreduce.${domainOf(region)}`;
  return `${service}.amazonaws.com`;
}
