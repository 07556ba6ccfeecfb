/** The partition of a region's ARNs. Source: AWS General Reference, "Amazon Resource Names (ARNs)". */
export function partitionOf(region: string): string {
  if (region.startsWith("cn-")) return "aws-cn";
  if (region.startsWith("us-gov-")) return "aws-us-gov";
  if (region.startsWith("eusc-")) return "aws-eusc";
  return "aws";
}

/** The domain of each partition's endpoints. Source: AWS SDK for JavaScript, `partitions` of its endpoint rules. */
const domains: Readonly<Record<string, string>> = {
  "aws-cn": "amazonaws.com.cn",
  "aws-eusc": "amazonaws.eu",
};

/** The domain of a region's endpoints. */
export function domainOf(region: string): string {
  return domains[partitionOf(region)] ?? "amazonaws.com";
}

/**
 * The principal of a service that acts in a region: `<service>.amazonaws.com`, in the European Sovereign Cloud too,
 * whose IAM refuses its own domain here. Two services differ: CloudWatch Logs names the region, and both it and EMR use
 * China's domain in China.
 * Sources: Amazon CloudWatch Logs User Guide, "Encrypt log data using AWS KMS"; Amazon EMR Management Guide,
 * "Service role for Amazon EMR"; Terraform AWS provider, data source `aws_service_principal`.
 */
export function servicePrincipal(service: string, region: string): string {
  const domain = partitionOf(region) === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
  if (service === "logs") return `logs.${region}.${domain}`;
  if (service === "elasticmapreduce") return `elasticmapreduce.${domain}`;
  return `${service}.amazonaws.com`;
}

/** Hosts of the sign-in pages. Source: AWS SDK for JavaScript, endpoint rules of `signin`. */
const signInHosts: Readonly<Record<string, string>> = {
  "aws-cn": "signin.amazonaws.cn",
  "aws-us-gov": "signin.amazonaws-us-gov.com",
  "aws-eusc": "signin.amazonaws-eusc.eu",
};

/**
 * What a directory's assertions are made out to: the sign-in page of the partition, or of the region, which still
 * answers when the other does not. Source: IAM User Guide, "Configure SAML assertions for the authentication response".
 */
export function samlAudiences(region: string): string[] {
  const host = signInHosts[partitionOf(region)] ?? "signin.aws.amazon.com";
  return [`https://${host}/saml`, `https://${region}.${host}/saml`];
}
