import type { InvalidInput } from "./base";

const region = 'region      = "eu-north-1"';

/** The VPN with these keys, in a line of its own after the region: line 5 of the file. */
const vpn = (keys: string, ...problems: string[]): InvalidInput => [
  4,
  `${region}\naccess = { vpn = { ${keys} } }`,
  ...problems,
];
const authentication = (keys: string, ...problems: string[]): InvalidInput =>
  vpn(`authentication = { ${keys} }`, ...problems);
const provider = "arn:aws:iam::222222222222:saml-provider/company";
const hours = "one of 8, 10, 12, 24";

/** The VPN: who may come in, how, and where to. */
export const accessInputs: readonly InvalidInput[] = [
  vpn(
    "enabled = 1",
    "prod.tfvars:5  access.vpn.enabled = 1\n    is a number, not a boolean; use true or false",
  ),
  vpn(
    "session_timeout = 8",
    "prod.tfvars:5  access.vpn.session_timeout = 8\n    is not a key of access.vpn; remove it; the keys there are enabled, authentication, target_subnets, session_hours, login_banner, authorizations, log_retention_days",
  ),
  vpn(
    "session_hours = 9",
    `prod.tfvars:5  access.vpn.session_hours = 9\n    is not a number of hours that Client VPN offers; use ${hours}`,
  ),
  vpn(
    'session_hours = "8"',
    `prod.tfvars:5  access.vpn.session_hours = "8"\n    is text, not a number; use ${hours}`,
  ),
  vpn(
    'login_banner = ""',
    'prod.tfvars:5  access.vpn.login_banner = ""\n    does not have the right form; use 1 to 1400 characters',
  ),
  vpn(
    `login_banner = "${"x".repeat(1401)}"`,
    `prod.tfvars:5  access.vpn.login_banner = "${"x".repeat(98)}…\n    does not have the right form; use 1 to 1400 characters`,
  ),
  vpn(
    "log_retention_days = 31",
    "prod.tfvars:5  access.vpn.log_retention_days = 31\n    is not a number of days that CloudWatch offers; use one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653",
  ),
  vpn(
    'target_subnets = ["vpn"]',
    'prod.tfvars:5  access.vpn.target_subnets[0] = "vpn"\n    does not have the right form; use a subnet of `network` by kind and name, for example public_vpn',
  ),
  vpn(
    'target_subnets = ["public_vpm"]',
    'prod.tfvars:5  access.vpn.target_subnets[0] = "public_vpm"\n    is no subnet of network; use one of public_application, public_vpn, private_a, private_b',
  ),
  vpn(
    'target_subnets = ["public_vpn", "private_a"]',
    'prod.tfvars:5  access.vpn.target_subnets[1] = "private_a"\n    is in zone a, as is public_vpn; use one subnet of a zone',
  ),
  vpn(
    "target_subnets = []",
    "prod.tfvars:5  access.vpn.target_subnets = []\n    has too few items; use a list of 1 to 6 different values, each a subnet of `network` by kind and name, for example public_vpn",
  ),
  authentication(
    'kind = "mutual"',
    'prod.tfvars:5  access.vpn.authentication.kind = "mutual"\n    is not one of the known values; use one of "certificate", "saml"',
  ),
  authentication(
    'kind = "saml"',
    'prod.tfvars:5  access.vpn.authentication.kind = "saml"\n    is "saml", with neither of provider_arn and metadata_file; use one of the two',
  ),
  authentication(
    `kind = "saml", provider_arn = "${provider}", metadata_file = "company.xml"`,
    'prod.tfvars:5  access.vpn.authentication.kind = "saml"\n    is "saml", with both of provider_arn and metadata_file; use one of the two',
    'prod.tfvars:5  access.vpn.authentication.metadata_file = "company.xml"\n    does not exist; put the metadata that the directory offers for download there',
  ),
  authentication(
    `provider_arn = "${provider}"`,
    `prod.tfvars:5  access.vpn.authentication.provider_arn = "${provider}"\n    does not fit kind "certificate"; remove it, or use kind = "saml"`,
  ),
  authentication(
    `portal_provider_arn = "${provider}"`,
    `prod.tfvars:5  access.vpn.authentication.portal_provider_arn = "${provider}"\n    does not fit kind "certificate"; remove it, or use kind = "saml"`,
  ),
  authentication(
    'kind = "saml", provider_arn = "company"',
    'prod.tfvars:5  access.vpn.authentication.provider_arn = "company"\n    does not have the right form; use the ARN of a SAML provider in IAM, for example arn:aws:iam::222222222222:saml-provider/company',
  ),
  authentication(
    'kind = "saml", provider_arn = "arn:aws:iam::111111111111:saml-provider/company"',
    'prod.tfvars:5  access.vpn.authentication.provider_arn = "arn:aws:iam::111111111111:saml-provider/company"\n    is not of this environment\'s account; use one that begins arn:aws:iam::222222222222:saml-provider/',
  ),
  authentication(
    `kind = "saml", provider_arn = "${provider}", portal_provider_arn = "arn:aws-cn:iam::222222222222:saml-provider/company"`,
    'prod.tfvars:5  access.vpn.authentication.portal_provider_arn = "arn:aws-cn:iam::222222222222:saml-provider/company"\n    is not of this environment\'s account; use one that begins arn:aws:iam::222222222222:saml-provider/',
  ),
  authentication(
    'kind = "saml", metadata_file = "prod.tfvars"',
    'prod.tfvars:5  access.vpn.authentication.metadata_file = "prod.tfvars"\n    does not have the right form; use the path of an XML file, from the folder of this file',
  ),
  vpn(
    'authorizations = { all = { cidr = "10.0.0.0/8" } }',
    'prod.tfvars:5  access.vpn.authorizations.all.cidr = "10.0.0.0/8"\n    is a range of size /8; use an IPv4 range from /16 to /32, for example 10.100.3.0/24',
  ),
  vpn(
    'authorizations = { office = { cidr = "192.168.0.0/24" } }',
    'prod.tfvars:5  access.vpn.authorizations.office.cidr = "192.168.0.0/24"\n    is outside network.vpc_cidr 10.100.0.0/16; use a range inside it: there is no other route',
  ),
  vpn(
    'authorizations = { engineers = { group = "data-engineers" } }',
    'prod.tfvars:5  access.vpn.authorizations.engineers.group = "data-engineers"\n    needs a directory that knows groups; remove it, or use authentication kind "saml"',
  ),
  vpn(
    'authorizations = { vpc = {}, whole = { cidr = "10.100.0.0/16" } }',
    "prod.tfvars:5  access.vpn.authorizations.whole = { cidr }\n    says the same as vpc; remove one of the two",
  ),
  vpn(
    "authorizations = { data-engineers = {} }",
    "prod.tfvars:5  access.vpn.authorizations.data-engineers = {}\n    has a name of the wrong form; name it with a snake_case name of at most 20 characters: lower-case letters, digits and _, starting with a letter",
  ),
];
