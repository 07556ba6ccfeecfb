import type { Check } from "../contracts/run-results";
import { list, plural } from "./format";

/** How some checks went, in words: `no check failed`, `2 checks failed and 1 warning`. */
export function verdictOn(checks: readonly Check[]): string {
  const failed = checks.filter((check) => !check.passed);
  const errors = failed.filter((check) => check.severity === "error").length;
  const warnings = failed.length - errors;
  const parts = [
    ...(errors > 0 ? [`${plural(errors, "check")} failed`] : []),
    ...(warnings > 0 ? [plural(warnings, "warning")] : []),
  ];
  return list(parts) || "no check failed";
}
