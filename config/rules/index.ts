import type { Finding } from "../problems";
import { environmentClassRules, workerRule } from "./airflow";
import { capacityRules } from "./capacity";
import { allowedAccountRule, fileNameRule } from "./identity";
import { architectureRule, releaseRule, spotRule } from "./instances";
import { nameLengthRules, reservedNameRule } from "./names";
import { forceDestroyRule, retentionRules } from "./retention";
import type { Parts, Rule } from "./rule";
import { subnetRules, vpnRules } from "./subnets";
import { endpointRule, natRule, privateZoneRule } from "./zones";

const rules: readonly Rule[] = [
  fileNameRule,
  allowedAccountRule,
  nameLengthRules,
  reservedNameRule,
  subnetRules,
  vpnRules,
  privateZoneRule,
  natRule,
  endpointRule,
  retentionRules,
  forceDestroyRule,
  releaseRule,
  spotRule,
  architectureRule,
  capacityRules,
  environmentClassRules,
  workerRule,
];

/** What the rules about several fields find in the valid parts of one environment. */
export function ruleFindings(parts: Parts, file: { readonly name: string }): Finding[] {
  const findings: Finding[] = [];
  for (const rule of rules)
    rule(parts, (path, message, allowed) => findings.push({ path, message, allowed }), file);
  return findings;
}
