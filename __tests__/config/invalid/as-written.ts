import type { InvalidInput } from "./base";

/** Numbers that a double does not hold and keys that are set twice: shown as they are written, once. */
export const asWrittenInputs: readonly InvalidInput[] = [
  [1, "for = 1", "prod.tfvars:1  for\n    is not a key of an environment; remove it"],
  [
    1,
    'project = "big-data"\nproject = "x"',
    'prod.tfvars:2  project = "x"\n    is set a second time, after line 1; remove one of the two',
  ],
  [
    13,
    '  private_subnets = { a = { cidr = "10.100.3.0/24", zone = "a" } }\n  private_subnets = {',
    "prod.tfvars:14  network.private_subnets = { … }\n    is set a second time, after line 13; remove one of the two",
  ],
  [
    14,
    '    a = { cidr = "10.100.3.0/24", zone = "a" }\n    a = { cidr = "10.100.5.0/24", zone = "b" }',
    "prod.tfvars:15  network.private_subnets.a = { … }\n    is set a second time, after line 14; remove one of the two",
  ],
  [
    45,
    "  min_workers = 1e400",
    "prod.tfvars:45  orchestration.min_workers = 1e400\n    is above 25; use a whole number from 1 to 25",
  ],
  [
    45,
    "  min_workers = 99999999999999999999",
    "prod.tfvars:45  orchestration.min_workers = 99999999999999999999\n    is above 25; use a whole number from 1 to 25",
  ],
  [
    45,
    "  min_workers = 1e-400",
    "prod.tfvars:45  orchestration.min_workers = 1e-400\n    is below 1; use a whole number from 1 to 25",
  ],
  [
    85,
    "  quiet_minutes = 1e400",
    "prod.tfvars:85  events.quiet_minutes = 1e400\n    is above 1440; use a whole number from 1 to 1440",
  ],
  [
    85,
    "  quiet_minutes = -1e400",
    "prod.tfvars:85  events.quiet_minutes = -1e400\n    is below 1; use a whole number from 1 to 1440",
  ],
  [
    85,
    "  quiet_minutes = 9007199254740993",
    "prod.tfvars:85  events.quiet_minutes = 9007199254740993\n    is above 1440; use a whole number from 1 to 1440",
  ],
  [
    3,
    "account_id = 99999999999999999999",
    "prod.tfvars:3  account_id = 99999999999999999999\n    is a number, not text in quotes; use the 12 digits of an AWS account id, in quotes",
  ],
];
