import type { InvalidInput } from "./base";

/** Raw data that starts the pipeline. */
export const eventsInputs: readonly InvalidInput[] = [
  [
    84,
    '  enabled = "yes"',
    'prod.tfvars:84  events.enabled = "yes"\n    is text, not a boolean; use true or false',
  ],
  [
    85,
    "  quiet_minutes = 0",
    "prod.tfvars:85  events.quiet_minutes = 0\n    is below 1; use a whole number from 1 to 1440",
  ],
];
