import type { InvalidInput } from "./base";

/** Names that AWS and GitHub keep or do not know: tags, branches, roles, directories. */
export const principalInputs: readonly InvalidInput[] = [
  [
    5,
    'owner = "aws:team"',
    'prod.tfvars:5  owner = "aws:team"\n    does not have the right form; use 1 to 256 letters, digits, spaces and _.:/=+-@, without a space at either end or aws: at the start',
  ],
  [
    5,
    'owner = "AWS:team"',
    'prod.tfvars:5  owner = "AWS:team"\n    does not have the right form; use 1 to 256 letters, digits, spaces and _.:/=+-@, without a space at either end or aws: at the start',
  ],
  [
    6,
    'cost_centre = "analytics"\nci = { repository = "o/r", branch = "refs/heads/main" }',
    'prod.tfvars:7  ci.branch = "refs/heads/main"\n    does not have the right form; use the name of a branch without refs/heads/, for example main',
  ],
  [
    6,
    'cost_centre = "analytics"\nci = { repository = "o/r", branch = "HEAD" }',
    'prod.tfvars:7  ci.branch = "HEAD"\n    does not have the right form; use the name of a branch without refs/heads/, for example main',
  ],
  [
    6,
    'cost_centre = "analytics"\nci = { repository = "o/r.git" }',
    'prod.tfvars:7  ci.repository = "o/r.git"\n    does not have the right form; use a GitHub repository as owner/name, for example example-org/big-data-platform',
  ],
  [
    6,
    'cost_centre = "analytics"\nci = { repository = "o/r", owner_id = 0, repository_id = 1 }',
    "prod.tfvars:7  ci.owner_id = 0\n    is below 1; use a whole number from 1 to 999999999999",
  ],
  [
    6,
    'cost_centre = "analytics"\npeople = { operator = { principals = ["arn:aws:iam::111111111111:role//x"] } }',
    'prod.tfvars:7  people.operator.principals[0] = "arn:aws:iam::111111111111:role//x"\n    does not have the right form; use the ARN of a role or user, for example arn:aws:iam::111111111111:role/engineers',
  ],
  [
    6,
    'cost_centre = "analytics"\npeople = { operator = { principals = ["arn:aws:iam::111111111111:role/x/"] } }',
    'prod.tfvars:7  people.operator.principals[0] = "arn:aws:iam::111111111111:role/x/"\n    does not have the right form; use the ARN of a role or user, for example arn:aws:iam::111111111111:role/engineers',
  ],
  [
    6,
    'cost_centre = "analytics"\npeople = { operator = { principals = ["arn:aws:iam::111111111111:role/aws-service-role/emr.amazonaws.com/x"] } }',
    'prod.tfvars:7  people.operator.principals[0] = "arn:aws:iam::111111111111:role/aws-service-role/emr.amazonaws.com/x"\n    does not have the right form; use the ARN of a role or user, for example arn:aws:iam::111111111111:role/engineers',
  ],
  [
    6,
    'cost_centre = "analytics"\npeople = { operator = { principals = ["arn:aws:iam::222222222222:role/big-data-prod-operator"] } }',
    'prod.tfvars:7  people.operator.principals[0] = "arn:aws:iam::222222222222:role/big-data-prod-operator"\n    is a role that this environment makes; use a role or user that exists without it',
  ],
  [
    6,
    'cost_centre = "analytics"\npeople = { operator = { principals = ["arn:aws:iam::222222222222:role/team/big-data-prod-ci"] } }',
    'prod.tfvars:7  people.operator.principals[0] = "arn:aws:iam::222222222222:role/team/big-data-prod-ci"\n    is a role that this environment makes; use a role or user that exists without it',
  ],
  [
    6,
    'cost_centre = "analytics"\npeople = { operator = { principals = ["arn:aws:iam::111111111111:role/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"] } }',
    'prod.tfvars:7  people.operator.principals[0] = "arn:aws:iam::111111111111:role/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"\n    does not have the right form; use the ARN of a role or user, for example arn:aws:iam::111111111111:role/engineers',
  ],
  [
    6,
    'cost_centre = "analytics"\npeople = { operator = { saml_provider = "arn:aws:iam::222222222222:saml-provider/x" } }',
    'prod.tfvars:7  people.operator.saml_provider = "arn:aws:iam::222222222222:saml-provider/x"\n    does not have the right form; use the name of a SAML provider of the account: letters, digits and ._-',
  ],
  [
    6,
    'cost_centre = "analytics"\naccess = { vpn = { authentication = { kind = "saml", metadata_file = "/etc/passwd" } } }',
    'prod.tfvars:7  access.vpn.authentication.metadata_file = "/etc/passwd"\n    does not have the right form; use the path of an XML file, from the folder of this file',
  ],
  [
    6,
    'cost_centre = "analytics"\naccess = { vpn = { authentication = { kind = "saml", provider_arn = "arn:aws:iam::222222222222:saml-provider/a b" } } }',
    'prod.tfvars:7  access.vpn.authentication.provider_arn = "arn:aws:iam::222222222222:saml-provider/a b"\n    does not have the right form; use the ARN of a SAML provider in IAM, for example arn:aws:iam::222222222222:saml-provider/company',
  ],
  [
    6,
    'cost_centre = "analytics"\naccess = { vpn = { authentication = { kind = "saml", metadata_file = "." } } }',
    'prod.tfvars:7  access.vpn.authentication.metadata_file = "."\n    does not have the right form; use the path of an XML file, from the folder of this file',
  ],
];
