import type { InvalidInput } from "./base";

const cost = 'cost_centre = "analytics"';
const principal = "use the ARN of a role or user, for example arn:aws:iam::111111111111:role/engineers";

/** What exists once per account, who may get in, and what bounds the roles. */
export const roleInputs: readonly InvalidInput[] = [
  [
    6,
    `${cost}\naccount = { spot_service_linked_role = "no" }`,
    'prod.tfvars:7  account.spot_service_linked_role = "no"\n    is text, not a boolean; use true or false',
  ],
  [
    6,
    `${cost}\naccount = { cost_anomaly = { emails = ["costs"] } }`,
    'prod.tfvars:7  account.cost_anomaly.emails[0] = "costs"\n    does not have the right form; use an e-mail address, for example data-team@example.com',
  ],
  [
    6,
    `${cost}\naccount = { cost_anomaly = { threshold_usd = 0 } }`,
    "prod.tfvars:7  account.cost_anomaly.threshold_usd = 0\n    is below 1; use a whole number from 1 to 1000000",
  ],
  [
    6,
    `${cost}\naccount = { cost_anomaly = { monitor_arn = "services" } }`,
    'prod.tfvars:7  account.cost_anomaly.monitor_arn = "services"\n    does not have the right form; use the ARN of a cost anomaly monitor',
  ],
  [
    4,
    'region = "us-gov-west-1"\naccount = { cost_anomaly = { emails = ["costs@example.com"] } }',
    'prod.tfvars:5  account.cost_anomaly.emails = ["costs@example.com"]\n    cannot be told: partition aws-us-gov has no cost anomaly detection; leave it out',
    'prod.tfvars:56  metadata.instance_class = "db.m7g.large"\n    is not offered for PostgreSQL in us-gov-west-1, as RDS answered before 2025-08-18; use one of db.m5.large, db.m6g.large, db.m6gd.large, db.m7i.large',
    "prod.tfvars:79  observability.budget = { actual_percents, monthly_usd }\n    cannot be watched: partition aws-us-gov has no AWS Budgets in US dollars; leave it out, and set a budget where the bill is",
  ],
  [
    6,
    `${cost}\naccount = { cost_allocation_tags = "yes" }`,
    'prod.tfvars:7  account.cost_allocation_tags = "yes"\n    is text, not a boolean; use true or false',
  ],
  [
    4,
    'region = "eusc-de-east-1"\naccount = { cost_allocation_tags = true }',
    "prod.tfvars:5  account.cost_allocation_tags = true\n    cannot be done: partition aws-eusc has no Cost Explorer; leave it out",
    "prod.tfvars:79  observability.budget = { actual_percents, monthly_usd }\n    cannot be watched: partition aws-eusc has no AWS Budgets in US dollars; leave it out, and set a budget where the bill is",
  ],
  [
    6,
    `${cost}\naccount = { trail = { expire_days = 30 } }`,
    "prod.tfvars:7  account.trail.expire_days = 30\n    is below 90; use a whole number from 90 to 3650",
  ],
  [
    6,
    `${cost}\nci = { repository = "big-data-platform" }`,
    'prod.tfvars:7  ci.repository = "big-data-platform"\n    does not have the right form; use a GitHub repository as owner/name, for example example-org/big-data-platform',
  ],
  [
    6,
    `${cost}\nci = { repository = "example-org/*" }`,
    'prod.tfvars:7  ci.repository = "example-org/*"\n    does not have the right form; use a GitHub repository as owner/name, for example example-org/big-data-platform',
  ],
  [
    6,
    `${cost}\nci = { branch = "main" }`,
    "prod.tfvars:7  ci.repository\n    is missing; use a GitHub repository as owner/name, for example example-org/big-data-platform",
  ],
  [
    6,
    `${cost}\nci = { repository = "example-org/platform", branch = "release*" }`,
    'prod.tfvars:7  ci.branch = "release*"\n    does not have the right form; use the name of a branch without refs/heads/, for example main',
  ],
  [
    6,
    `${cost}\nci = { repository = "example-org/platform", owner_id = 123456 }`,
    "prod.tfvars:7  ci.owner_id = 123456\n    needs ci.repository_id too; add it (gh api repos/<owner>/<name> --jq '.owner.id, .id' prints both), or remove ci.owner_id",
  ],
  [
    6,
    `${cost}\nci = { repository = "example-org/platform", repository_id = 456789 }`,
    "prod.tfvars:7  ci.repository_id = 456789\n    needs ci.owner_id too; add it (gh api repos/<owner>/<name> --jq '.owner.id, .id' prints both), or remove ci.repository_id",
  ],
  [
    6,
    `${cost}\nci = { repository = "example-org/platform", deploy_after = "Staging" }`,
    'prod.tfvars:7  ci.deploy_after = "Staging"\n    does not have the right form; use 1 to 12 lower-case letters, digits and single hyphens, starting with a letter',
  ],
  [
    6,
    `${cost}\npeople = { operator = {} }`,
    "prod.tfvars:7  people.operator = {}\n    has nobody who may assume it; add principals or a saml_provider, or leave it out",
  ],
  [
    6,
    `${cost}\npeople = { operators = {} }`,
    "prod.tfvars:7  people.operators = {}\n    is not a key of people; did you mean operator? the keys there are data_engineer, operator, auditor",
  ],
  [
    6,
    `${cost}\npeople = { auditor = { principals = ["*"] } }`,
    `prod.tfvars:7  people.auditor.principals[0] = "*"\n    does not have the right form; ${principal}`,
  ],
  [
    6,
    `${cost}\npeople = { auditor = { principals = ["arn:aws:iam::999999999999:root"] } }`,
    `prod.tfvars:7  people.auditor.principals[0] = "arn:aws:iam::999999999999:root"\n    does not have the right form; ${principal}`,
  ],
  [
    6,
    `${cost}\npeople = { auditor = { principals = ["arn:aws-cn:iam::999999999999:role/auditors"] } }`,
    'prod.tfvars:7  people.auditor.principals[0] = "arn:aws-cn:iam::999999999999:role/auditors"\n    is in partition aws-cn, but region "eu-north-1" is in aws; use an ARN that begins with arn:aws:',
  ],
  [
    6,
    `${cost}\npeople = { auditor = { saml_provider = "directory", session_hours = 13 } }`,
    "prod.tfvars:7  people.auditor.session_hours = 13\n    is above 12; use a whole number from 1 to 12",
  ],
  [
    6,
    `${cost}\npermissions_boundary = "no spaces"`,
    'prod.tfvars:7  permissions_boundary = "no spaces"\n    does not have the right form; use the name or the ARN of an IAM policy',
  ],
  [
    6,
    `${cost}\npermissions_boundary = "big-data-prod-boundary"`,
    'prod.tfvars:7  permissions_boundary = "big-data-prod-boundary"\n    begins with big-data-prod-, which CI may change; use a policy of another name, which only the account\'s administrators change',
  ],
  [
    6,
    `${cost}\npermissions_boundary = "arn:aws:iam::333333333333:policy/boundary"`,
    'prod.tfvars:7  permissions_boundary = "arn:aws:iam::333333333333:policy/boundary"\n    is a policy of account 333333333333, not of account_id "222222222222"; use a policy of the account itself',
  ],
  [
    6,
    `${cost}\npermissions_boundary = "arn:aws-cn:iam::222222222222:policy/boundary"`,
    'prod.tfvars:7  permissions_boundary = "arn:aws-cn:iam::222222222222:policy/boundary"\n    is in partition aws-cn, but region "eu-north-1" is in aws; use an ARN that begins with arn:aws:',
  ],
];
