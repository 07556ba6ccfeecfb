import type { InvalidInput } from "./base";

/** What queries may scan, and how long their results are kept. */
export const catalogInputs: readonly InvalidInput[] = [
  [
    66,
    "  query_scan_limit_gb = 0",
    "prod.tfvars:66  catalog.query_scan_limit_gb = 0\n    is below 1; use a whole number from 1 to 100000",
  ],
  [
    66,
    "  query_scan_limit_gb = 0.5",
    "prod.tfvars:66  catalog.query_scan_limit_gb = 0.5\n    is a number, not a whole number; use a whole number from 1 to 100000",
  ],
  [
    66,
    "  scan_limit_gb = 10",
    "prod.tfvars:66  catalog.scan_limit_gb = 10\n    is not a key of catalog; did you mean query_scan_limit_gb? the keys there are query_scan_limit_gb, results_expire_days, maintenance_days",
  ],
  [
    66,
    '  maintenance_days = ["Sunday"]',
    'prod.tfvars:66  catalog.maintenance_days[0] = "Sunday"\n    is not one of the known values; did you mean "sunday"? use one of "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"',
  ],
  [
    67,
    "  results_expire_days = 0",
    "prod.tfvars:67  catalog.results_expire_days = 0\n    is below 1; use a whole number from 1 to 3650",
  ],
  [
    67,
    "  results_expire_days = 91",
    "prod.tfvars:67  catalog.results_expire_days = 91\n    is longer than lake.lifecycle.quarantine_expire_days 90; use at most 90",
  ],
  [
    25,
    "    quarantine_expire_days = 20",
    "prod.tfvars:67  catalog.results_expire_days = 30\n    is longer than lake.lifecycle.quarantine_expire_days 20; use at most 20",
  ],
];
