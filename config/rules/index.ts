import { endpointsWithoutNat, requiredInterfaceEndpoints } from "../catalogue/interface-endpoints";
import type { Finding, Report } from "../problems";
import {
  authenticationRule,
  authorizedGroupRule,
  authorizedRangeRule,
  distinctAuthorizationRule,
  metadataFileRule,
  samlProviderRule,
  targetSubnetRule,
  targetZoneRule,
} from "./access";
import { environmentClassRules, workerRule } from "./airflow";
import { capacityRules } from "./capacity";
import { databaseProtectionRule, replicaRule, storageRule } from "./database";
import { existingNetworkRule, existingSubnetRule } from "./existing";
import { allowedAccountRule, fileNameRule, stateRegionRule } from "./identity";
import { architectureRule, releaseRule, sizedTypesRule, spotRule } from "./instances";
import { nameLengthRules, reservedNameRule } from "./names";
import { budgetRule, freeStorageRule, idleClusterRule } from "./observability";
import { forceDestroyRule, resultsRule, retentionRules } from "./retention";
import {
  boundaryRule,
  costAllocationRule,
  costAnomalyRule,
  holdersRule,
  principalPartitionRule,
} from "./roles";
import type { FileFacts, Parts, Rule } from "./rule";
import { serverlessCapacityRules, workerRules } from "./serverless";
import { subnetRules, vpnRules } from "./subnets";
import { endpointRule, natRule, zoneRules } from "./zones";

const alsoWithoutNat = endpointsWithoutNat
  .filter((service) => !requiredInterfaceEndpoints.some((always) => always === service))
  .map((service) => `\`${service}\``)
  .join(", ");

interface DocumentedRule {
  /** The rule in words, for the reference. */
  readonly says: string;
  readonly check: readonly Rule[];
}

const rules: readonly DocumentedRule[] = [
  { says: "`environment` is the name of the file without `.tfvars`.", check: [fileNameRule] },
  { says: "`allowed_account_ids` contains `account_id`.", check: [allowedAccountRule] },
  { says: "The state's region is in the partition of `region`.", check: [stateRegionRule] },
  {
    says: "Bucket names (63 characters) and role names (64) made of project, environment and account fit; the project starts with no prefix AWS keeps for itself.",
    check: [nameLengthRules, reservedNameRule],
  },
  {
    says: "`network` describes a VPC to create, or names one that is there in `existing`, with its range in `vpc_cidr`; each subnet that is there is named once.",
    check: [existingNetworkRule, existingSubnetRule],
  },
  {
    says: "`permissions_boundary` is a policy of the account, and none whose name begins with project and environment.",
    check: [boundaryRule],
  },
  {
    says: "Every role of `people` has somebody who may assume it, in the partition of `region`.",
    check: [holdersRule, principalPartitionRule],
  },
  {
    says: "Mails about unusual costs are for regions of the partition `aws` only.",
    check: [costAnomalyRule],
  },
  {
    says: "Tags are activated for cost allocation in regions of the partitions `aws` and `aws-cn` only.",
    check: [costAllocationRule],
  },
  {
    says: "The VPC's range is private; every subnet lies inside it, and no two subnets meet.",
    check: [subnetRules],
  },
  { says: "The range of VPN clients lies outside the VPC.", check: [vpnRules] },
  { says: "Private subnets lie in at least two zones, and so do those of databases.", check: [zoneRules] },
  {
    says: "A single NAT gateway needs one public subnet; one per zone needs a public subnet in every zone that has a private one; none needs none.",
    check: [natRule],
  },
  {
    says: `\`interface_endpoints\` contains what the platform cannot run without: the defaults, and without a NAT gateway also ${alsoWithoutNat}, and \`emr-serverless\` where runs compute on it.`,
    check: [endpointRule],
  },
  {
    says: "The VPN authenticates by certificates, or by one SAML provider: an ARN of the account, or a metadata file that exists. Only a SAML directory knows groups.",
    check: [authenticationRule, samlProviderRule, metadataFileRule],
  },
  {
    says: "The VPN's target subnets exist, are /27 or larger, and lie in zones of their own.",
    check: [targetSubnetRule, targetZoneRule],
  },
  {
    says: "What the VPN's authorizations name lies inside the VPC, and none is there twice.",
    check: [authorizedRangeRule, authorizedGroupRule, distinctAuthorizationRule],
  },
  { says: "Raw data is archived at least 30 days after it moved to Standard-IA.", check: [retentionRules] },
  { says: "Results of queries are kept at most as long as quarantined rows.", check: [resultsRule] },
  {
    says: "`force_destroy` is false where the environment's name starts with `prod`.",
    check: [forceDestroyRule],
  },
  { says: "The database's storage may grow by a tenth at least.", check: [storageRule] },
  {
    says: "There is no read replica of the database, because RDS manages its password.",
    check: [replicaRule],
  },
  {
    says: "`metadata.deletion_protection` and `metadata.final_snapshot` are true where the environment's name starts with `prod`.",
    check: [databaseProtectionRule],
  },
  { says: "The EMR release carries the Spark version of the job bundle.", check: [releaseRule] },
  { says: "Spot core nodes are of at least three instance types.", check: [spotRule] },
  { says: "All instance types of a cluster share one CPU architecture.", check: [architectureRule] },
  {
    says: "The vCPUs and memory of all instance types are known: runs are sized by them.",
    check: [sizedTypesRule],
  },
  {
    says: "The limits of managed scaling agree with each other, and the cluster starts within them.",
    check: [capacityRules],
  },
  { says: "Workers of EMR Serverless have memory that goes with their vCPUs.", check: [workerRules] },
  {
    says: "The limits of the EMR Serverless application have room for one driver and one executor, and for those that wait for jobs.",
    check: [serverlessCapacityRules],
  },
  {
    says: "`mw1.micro` has one worker and one scheduler, every other class at least two schedulers.",
    check: [environmentClassRules],
  },
  { says: "`min_workers` is at most `max_workers`.", check: [workerRule] },
  {
    says: "Where runs compute on EMR, an idle cluster is told of only after it should have ended itself.",
    check: [idleClusterRule],
  },
  {
    says: "The free storage at which the database's alarm is raised is less than the storage it has.",
    check: [freeStorageRule],
  },
  { says: "A budget is for regions of the partition `aws` only.", check: [budgetRule] },
];

/** Each rule in words. */
export const documentedRules: readonly string[] = rules.map(({ says }) => says);

/** What the rules about several fields find in the valid parts of one environment. */
export function ruleFindings(parts: Parts, file: FileFacts): Finding[] {
  const findings: Finding[] = [];
  const report: Report = (path, message, allowed) => findings.push({ path, message, allowed });
  for (const rule of rules.flatMap(({ check }) => check)) rule(parts, report, file);
  return findings;
}
