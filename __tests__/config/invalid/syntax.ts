import type { InvalidInput } from "./base";

/** What is not HCL, or not a literal. */
export const syntaxInputs: readonly InvalidInput[] = [
  [
    1,
    'project = "big-data',
    'prod.tfvars:1\n    is not valid HCL: invalid multi-line string; quoted strings may not be split over multiple lines. To produce a multi-line string, either use the \\n escape to represent a newline character or use the "heredoc" multi-line template syntax',
  ],
  [
    1,
    "project = ",
    "prod.tfvars:1\n    is not valid HCL: invalid expression; expected the start of an expression, but found an invalid expression token",
  ],
  [
    1,
    "project = 'big-data'",
    'prod.tfvars:1\n    is not valid HCL: invalid character; single quotes are not valid. Use double quotes (") to enclose strings',
  ],
  [
    1,
    'project: "big-data"',
    'prod.tfvars:1\n    is not valid HCL: argument or block definition required; an argument or block definition is required here. To set an argument, use the equals sign "=" to introduce the argument value',
  ],
  [
    1,
    'project = "big-data" environment = "prod"',
    "prod.tfvars:1\n    is not valid HCL: missing newline after argument; an argument definition must end with a newline",
  ],
  [
    1,
    "project = big-data",
    "prod.tfvars:1  project = big-data\n    refers to big-data; write the value itself, in double quotes if it is text: a .tfvars file holds literals only",
  ],
  [
    1,
    "project = var.project",
    "prod.tfvars:1  project = var.project\n    refers to var.project; write the value itself, in double quotes if it is text: a .tfvars file holds literals only",
  ],
  [
    1,
    `project = "\${var.prefix}-data"`,
    `prod.tfvars:1  project = "\${var.prefix}-data"\n    is a template with parts to fill in; write the value itself: a .tfvars file holds literals only`,
  ],
  [
    1,
    'project = lower("BIG-DATA")',
    'prod.tfvars:1  project = lower("BIG-DATA")\n    calls the function lower; write the value itself: a .tfvars file holds literals only',
  ],
  [
    1,
    'project = true ? "a" : "b"',
    'prod.tfvars:1  project = true ? "a" : "b"\n    is an expression; write the value itself: a .tfvars file holds literals only',
  ],
  [
    1,
    'project = ("big-data")',
    'prod.tfvars:1  project = ("big-data")\n    is an expression; write the value itself: a .tfvars file holds literals only',
  ],
  [
    1,
    'project = "big-data"\nproject = "other"',
    'prod.tfvars:2  project = "other"\n    is set a second time, after line 1; remove one of the two',
  ],
  [7, "network {", "prod.tfvars:7\n    is a block, not a value; put = between the key and its {"],
  [
    8,
    '  vpc_cidr = cidrsubnet("10.0.0.0/8", 8, 100)',
    'prod.tfvars:8  network.vpc_cidr = cidrsubnet("10.0.0.0/8", 8, 100)\n    calls the function cidrsubnet; write the value itself: a .tfvars file holds literals only',
  ],
  [20, "", "prod.tfvars:87\n    is not valid HCL: missing expression; close every { and [ that is open"],
  [
    32,
    `  core_instance_types = [for size in ["m5", "r5"] : "\${size}.xlarge"]`,
    `prod.tfvars:32  processing.core_instance_types = [for size in ["m5", "r5"] : "\${size}.xlarge"]\n    is an expression; write the value itself: a .tfvars file holds literals only`,
  ],
  [
    33,
    "  core_on_demand_units = 1 + 1",
    "prod.tfvars:33  processing.core_on_demand_units = 1 + 1\n    is an expression; write the value itself: a .tfvars file holds literals only",
  ],
  [
    33,
    "  core_on_demand_units = 1\n  core_on_demand_units = 2",
    "prod.tfvars:34  processing.core_on_demand_units = 2\n    is set a second time, after line 33; remove one of the two",
  ],
  [
    34,
    "  core_spot_units = 3,,",
    "prod.tfvars:34\n    is not valid HCL: invalid expression; expected the start of an expression, but found an invalid expression token",
  ],
  [
    50,
    '  notification_emails = ["a@example.com", local.mail]',
    "prod.tfvars:50  orchestration.notification_emails[1] = local.mail\n    refers to local.mail; write the value itself, in double quotes if it is text: a .tfvars file holds literals only",
  ],
  [
    50,
    '  notification_emails = ["a@example.com"',
    "prod.tfvars:51\n    is not valid HCL: missing item separator; expected a comma to mark the beginning of the next item",
  ],
];
