import type { z } from "zod";
import type { environmentSchema } from "./environment";
import type { Finding, Report } from "./problems";
import type { DocumentedRule, FileFacts } from "./rule";
import type { ValidParts } from "./schema/valid-parts";
import * as sections from "./sections";
import { identityRules } from "./sections/identity";

/** The valid parts of an environment. */
export type Parts = ValidParts<z.output<typeof environmentSchema>>;

const rules: readonly DocumentedRule<Parts>[] = [
  ...identityRules,
  ...Object.values(sections).flatMap((section): readonly DocumentedRule<Parts>[] => section.rules),
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
