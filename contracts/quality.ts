/** A violated rule of severity `error` fails the audit; a `warning` is only reported. */
export const SEVERITIES = ["error", "warning"] as const;
export type Severity = (typeof SEVERITIES)[number];

/** The quality dimensions of ODCS v3.1.0. */
export const DIMENSIONS = [
  "accuracy",
  "completeness",
  "conformity",
  "consistency",
  "coverage",
  "timeliness",
  "uniqueness",
] as const;
export type Dimension = (typeof DIMENSIONS)[number];
