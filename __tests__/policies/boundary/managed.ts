/**
 * What AWS's own policies of the platform's service roles allow, as action and resource, of what the platform uses: its
 * clusters are given their groups and profile, scale by EMR itself, and use neither placement groups nor reservations.
 * Sources: AWS Managed Policy Reference Guide, AmazonEMRServicePolicy_v2 and AmazonRDSEnhancedMonitoringRole.
 */
export const usedOfManagedPolicies: readonly (readonly [action: string, resource: string])[] = [
  ["ec2:CreateNetworkInterface", "arn:aws:ec2:*:*:subnet/*"],
  ["ec2:RunInstances", "arn:aws:ec2:*:*:security-group/*"],
  ["ec2:CreateFleet", "arn:aws:ec2:*:*:launch-template/*"],
  ["ec2:CreateLaunchTemplate", "arn:aws:ec2:*:*:launch-template/*"],
  ["ec2:CreateLaunchTemplateVersion", "arn:aws:ec2:*:*:launch-template/*"],
  ["ec2:RunInstances", "arn:aws:ec2:*::image/ami-*"],
  ["ec2:DeleteLaunchTemplate", "*"],
  ["ec2:DeleteNetworkInterface", "*"],
  ["ec2:ModifyInstanceAttribute", "*"],
  ["ec2:TerminateInstances", "*"],
  ["ec2:CreateTags", "arn:aws:ec2:*:*:instance/*"],
  ["ec2:DeleteTags", "arn:aws:ec2:*:*:volume/*"],
  ["ec2:DescribeInstances", "*"],
  ["ec2:AuthorizeSecurityGroupEgress", "*"],
  ["ec2:AuthorizeSecurityGroupIngress", "*"],
  ["ec2:RevokeSecurityGroupEgress", "*"],
  ["ec2:RevokeSecurityGroupIngress", "*"],
  ["logs:CreateLogGroup", "arn:aws:logs:eu-north-1:111111111111:log-group:RDS*"],
  ["logs:PutRetentionPolicy", "arn:aws:logs:eu-north-1:111111111111:log-group:RDS*"],
  ["logs:CreateLogStream", "arn:aws:logs:eu-north-1:111111111111:log-group:RDS*:log-stream:*"],
  ["logs:PutLogEvents", "arn:aws:logs:eu-north-1:111111111111:log-group:RDS*:log-stream:*"],
];
