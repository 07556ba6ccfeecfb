import { type InvalidInput, sectionNames } from "./base";

/** The top-level keys: names, accounts, regions and tags. */
/** Every key of an environment, in the order of the schema. */
const keys = `project, environment, account_id, allowed_account_ids, region, owner, cost_centre, permissions_boundary, state, ${sectionNames}`;

export const identityInputs: readonly InvalidInput[] = [
  [
    1,
    'project = "Big-Data"',
    'prod.tfvars:1  project = "Big-Data"\n    does not have the right form; use 2 to 40 lower-case letters, digits and single hyphens, starting with a letter',
  ],
  [
    1,
    'project = "b"',
    'prod.tfvars:1  project = "b"\n    does not have the right form; use 2 to 40 lower-case letters, digits and single hyphens, starting with a letter',
  ],
  [
    1,
    'project = "sg-data"',
    'prod.tfvars:1  project = "sg-data"\n    starts with sg-, which AWS keeps for itself; use another name',
  ],
  [
    1,
    'project = "sthree-data"',
    'prod.tfvars:1  project = "sthree-data"\n    starts with sthree-, which AWS keeps for itself; use another name',
  ],
  [
    1,
    'project = "a-name-much-too-long-for-any-bucket"',
    'prod.tfvars:1  project = "a-name-much-too-long-for-any-bucket"\n    makes the bucket name a-name-much-too-long-for-any-bucket-terraform-state-222222222222 64 characters long, above 63; use at most 34 characters',
    'prod.tfvars:1  project = "a-name-much-too-long-for-any-bucket"\n    makes the bucket name a-name-much-too-long-for-any-bucket-prod-access-logs-222222222222 65 characters long, above 63; use at most 33 characters',
    'prod.tfvars:1  project = "a-name-much-too-long-for-any-bucket"\n    makes role names up to 65 characters long, above 64; use at most 34 characters',
  ],
  [
    1,
    'project = ["big-data"]',
    'prod.tfvars:1  project = ["big-data"]\n    is a list, not text in quotes; use 2 to 40 lower-case letters, digits and single hyphens, starting with a letter',
  ],
  [
    1,
    "",
    "prod.tfvars:1  project\n    is missing; use 2 to 40 lower-case letters, digits and single hyphens, starting with a letter",
  ],
  [
    2,
    'environment = "production"',
    'prod.tfvars:2  environment = "production"\n    is not the file\'s name, prod; use "prod", or rename the file to production.tfvars',
  ],
  [
    2,
    'environment = "Prod"',
    'prod.tfvars:2  environment = "Prod"\n    does not have the right form; use 1 to 12 lower-case letters, digits and single hyphens, starting with a letter',
  ],
  [
    2,
    'environment = "production-eu"',
    'prod.tfvars:2  environment = "production-eu"\n    does not have the right form; use 1 to 12 lower-case letters, digits and single hyphens, starting with a letter',
  ],
  [
    2,
    'enviroment = "prod"',
    "prod.tfvars:1  environment\n    is missing; use 1 to 12 lower-case letters, digits and single hyphens, starting with a letter",
    `prod.tfvars:2  enviroment = "prod"\n    is not a key of an environment; did you mean environment? the keys there are ${keys}`,
  ],
  [
    3,
    'account_id = "22222222222"',
    'prod.tfvars:3  account_id = "22222222222"\n    does not have the right form; use the 12 digits of an AWS account id, in quotes',
  ],
  [
    3,
    "account_id = 222222222222",
    "prod.tfvars:3  account_id = 222222222222\n    is a number, not text in quotes; use the 12 digits of an AWS account id, in quotes",
  ],
  [
    3,
    "account_id = null",
    "prod.tfvars:3  account_id = null\n    is null; use the 12 digits of an AWS account id, in quotes",
  ],
  [
    3,
    'account_id = "222222222222"\nallowed_account_ids = ["111111111111"]',
    'prod.tfvars:4  allowed_account_ids = ["111111111111"]\n    does not contain account_id "222222222222"; add it, or leave the list out',
  ],
  [
    3,
    'account_id = "222222222222"\nallowed_account_ids = []',
    "prod.tfvars:4  allowed_account_ids = []\n    has too few items; use a list of 1 to 10 different values, each the 12 digits of an AWS account id, in quotes",
  ],
  [
    3,
    'account_id = "222222222222"\nallowed_account_ids = ["222222222222", "222222222222"]',
    'prod.tfvars:4  allowed_account_ids[1] = "222222222222"\n    is in the list already, as item 0; remove one of the two',
  ],
  [
    4,
    'region = "eu-nord-1"',
    'prod.tfvars:4  region = "eu-nord-1"\n    is not one of the known values; did you mean "eu-north-1"? all 39 are in docs/configuration.md',
  ],
  [
    4,
    'region = "stockholm"',
    'prod.tfvars:4  region = "stockholm"\n    is not one of the known values; use one of "af-south-1", "ap-east-1", "ap-east-2", "ap-northeast-1", "ap-northeast-2", "ap-northeast-3", "ap-south-1", "ap-south-2", "ap-southeast-1", "ap-southeast-2", "ap-southeast-3", "ap-southeast-4", "ap-southeast-5", "ap-southeast-6", "ap-southeast-7", "ca-central-1", "ca-west-1", "cn-north-1", "cn-northwest-1", "eu-central-1", "eu-central-2", "eu-north-1", "eu-south-1", "eu-south-2", "eu-west-1", "eu-west-2", "eu-west-3", "eusc-de-east-1", "il-central-1", "me-central-1", "me-south-1", "mx-central-1", "sa-east-1", "us-east-1", "us-east-2", "us-gov-east-1", "us-gov-west-1", "us-west-1", "us-west-2"',
  ],
  [
    4,
    'region = "eu-north-1"\nstate = { region = "us-gov-west-1" }',
    'prod.tfvars:5  state.region = "us-gov-west-1"\n    is in partition aws-us-gov, but region "eu-north-1" is in aws; use a region of the same partition, or leave it out',
  ],
  [
    4,
    'region = "eu-north-1"\nstate = { region = "eu-north1" }',
    'prod.tfvars:5  state.region = "eu-north1"\n    is not one of the known values; did you mean "eu-north-1"? all 39 are in docs/configuration.md',
  ],
  [
    4,
    'region = "eu-north-1"\nstate = "eu-north-1"',
    'prod.tfvars:5  state = "eu-north-1"\n    is text, not a map; use a map with any of region',
  ],
  [
    5,
    'owner = ""',
    'prod.tfvars:5  owner = ""\n    does not have the right form; use 1 to 256 letters, digits, spaces and _.:/=+-@, without a space at either end or aws: at the start',
  ],
  [
    5,
    'owner = " data platform"',
    'prod.tfvars:5  owner = " data platform"\n    does not have the right form; use 1 to 256 letters, digits, spaces and _.:/=+-@, without a space at either end or aws: at the start',
  ],
  [
    6,
    'cost_centre = "R&D"',
    'prod.tfvars:6  cost_centre = "R&D"\n    does not have the right form; use 1 to 256 letters, digits, spaces and _.:/=+-@, without a space at either end or aws: at the start',
  ],
  [
    6,
    'cost_center = "analytics"',
    "prod.tfvars:1  cost_centre\n    is missing; use 1 to 256 letters, digits, spaces and _.:/=+-@, without a space at either end or aws: at the start",
    `prod.tfvars:6  cost_center = "analytics"\n    is not a key of an environment; did you mean cost_centre? the keys there are ${keys}`,
  ],
  [
    6,
    'cost_centre = "analytics"\nteam = "core"',
    `prod.tfvars:7  team = "core"\n    is not a key of an environment; remove it; the keys there are ${keys}`,
  ],
  [
    6,
    'cost_centre = "analytics"\nvpc_cidr = "10.0.0.0/16"',
    `prod.tfvars:7  vpc_cidr = "10.0.0.0/16"\n    is not a key of an environment; it belongs in network; the keys there are ${keys}`,
  ],
];
