import type { InvalidInput } from "./base";

/** Retention, and what may be deleted. */
export const lakeInputs: readonly InvalidInput[] = [
  [
    23,
    "    infrequent_access_after_days = 29",
    "prod.tfvars:23  lake.lifecycle.infrequent_access_after_days = 29\n    is below 30; use a whole number from 30 to 3650",
  ],
  [
    23,
    "    infrequent_access_after_days = 61",
    "prod.tfvars:24  lake.lifecycle.archive_after_days = 90\n    is less than 30 days after infrequent_access_after_days 61; use 91 or more",
  ],
  [
    23,
    "    infrequent_access_after_days = 3651",
    "prod.tfvars:23  lake.lifecycle.infrequent_access_after_days = 3651\n    is above 3650; use a whole number from 30 to 3650",
  ],
  [
    24,
    "    archive_after_days = 45",
    "prod.tfvars:24  lake.lifecycle.archive_after_days = 45\n    is below 60; use a whole number from 60 to 3650",
  ],
  [
    24,
    '    archive_after_days = "90"',
    'prod.tfvars:24  lake.lifecycle.archive_after_days = "90"\n    is text, not a number; use a whole number from 60 to 3650',
  ],
  [
    25,
    "    logs_expire_days = 0",
    "prod.tfvars:25  lake.lifecycle.logs_expire_days = 0\n    is below 1; use a whole number from 1 to 3650",
  ],
  [
    25,
    "    logs_expire_days = 1.5",
    "prod.tfvars:25  lake.lifecycle.logs_expire_days = 1.5\n    is a number, not a whole number; use a whole number from 1 to 3650",
  ],
  [
    25,
    "    log_expire_days = 90",
    "prod.tfvars:25  lake.lifecycle.log_expire_days = 90\n    is not a key of lake.lifecycle; did you mean logs_expire_days? the keys there are infrequent_access_after_days, archive_after_days, noncurrent_expire_days, rewritten_expire_days, quarantine_expire_days, staged_expire_days, logs_expire_days",
  ],
  [
    27,
    "  force_destroy = true",
    "prod.tfvars:27  lake.force_destroy = true\n    would let production's data be deleted with its buckets; use false",
  ],
  [
    27,
    '  force_destroy = "false"',
    'prod.tfvars:27  lake.force_destroy = "false"\n    is text, not a boolean; use true or false',
  ],
];
