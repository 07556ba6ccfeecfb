import type { InvalidInput } from "./base";

/** Raw data that starts the pipeline. */
export const eventsInputs: readonly InvalidInput[] = [
  [
    70,
    '  enabled = "yes"',
    'prod.tfvars:70  events.enabled = "yes"\n    is a string, not a boolean; use true or false',
  ],
  [
    71,
    "  quiet_minutes = 0",
    "prod.tfvars:71  events.quiet_minutes = 0\n    is below 1; use a whole number from 1 to 1440",
  ],
];
