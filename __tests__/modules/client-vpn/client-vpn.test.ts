import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { ClientVpn, type ClientVpnProps, resolverOf } from "../../../modules/client-vpn/client-vpn";
import { only, ref, resources, synthesizeModule } from "../../stacks/synthesis";

function vpn(props: Partial<ClientVpnProps> = {}) {
  return synthesizeModule((stack) => {
    new ClientVpn(stack, "vpn", {
      name: "x-vpn",
      network: {
        vpcId: "vpc-1",
        vpcCidr: "10.100.0.0/16",
        clientCidr: "10.0.0.0/16",
        securityGroupId: "sg-1",
        subnetIds: { public_b: "subnet-b", public_a: "subnet-a" },
      },
      certificateTags: { project: "x", purpose: "vpn-server" },
      authentication: { kind: "certificate" },
      authorizations: { vpc: {} },
      sessionHours: 8,
      banner: "Welcome",
      logGroup: new CloudwatchLogGroup(stack, "log", { name: "/x/vpn" }),
      ...props,
    });
  });
}

const json = vpn();
const endpoint = only(json, "aws_ec2_client_vpn_endpoint");
const certificate = ref("data.aws_acm_certificate.vpn_server.arn");

test("the server's certificate is the one imported and valid one of the tags, with a key of 2,048 bits", () => {
  expect(json.data?.aws_acm_certificate).toEqual({
    vpn_server: {
      tags: { project: "x", purpose: "vpn-server" },
      statuses: ["ISSUED"],
      types: ["IMPORTED"],
      key_types: ["RSA_2048"],
    },
  });
  expect(endpoint.server_certificate_arn).toBe(certificate);
});

test("clients keep their own way out, find names by the VPC's resolver and stay in the group", () => {
  expect(endpoint).toMatchObject({
    client_cidr_block: "10.0.0.0/16",
    vpc_id: "vpc-1",
    split_tunnel: true,
    dns_servers: ["10.100.0.2"],
    security_group_ids: ["sg-1"],
    session_timeout_hours: 8,
    disconnect_on_session_timeout: true,
    client_login_banner_options: { enabled: true, banner_text: "Welcome" },
  });
});

test.each([
  ["10.100.0.0/16", "10.100.0.2"],
  ["192.168.0.240/28", "192.168.0.242"],
])("the resolver of %s is %s", (cidr, address) => {
  expect(resolverOf(cidr)).toBe(address);
});

test("every connection is logged", () => {
  expect(endpoint.connection_log_options).toEqual({
    enabled: true,
    cloudwatch_log_group: ref("aws_cloudwatch_log_group.log.name"),
  });
});

test("it is attached to each subnet, and leads nowhere but where it is authorized to", () => {
  const associations = resources(json, "aws_ec2_client_vpn_network_association", 2);
  expect(associations).toEqual({
    vpn_target_public_a: {
      client_vpn_endpoint_id: ref("aws_ec2_client_vpn_endpoint.vpn.id"),
      subnet_id: "subnet-a",
    },
    vpn_target_public_b: {
      client_vpn_endpoint_id: ref("aws_ec2_client_vpn_endpoint.vpn.id"),
      subnet_id: "subnet-b",
    },
  });
  expect(only(json, "aws_ec2_client_vpn_authorization_rule")).toEqual({
    client_vpn_endpoint_id: ref("aws_ec2_client_vpn_endpoint.vpn.id"),
    target_network_cidr: "10.100.0.0/16",
    authorize_all_groups: true,
    description: "vpc",
  });
  resources(vpn({ authorizations: {} }), "aws_ec2_client_vpn_authorization_rule", 0);
});

test("with certificates, those of the server's authority count", () => {
  expect(endpoint.authentication_options).toEqual([
    { type: "certificate-authentication", root_certificate_chain_arn: certificate },
  ]);
  expect(endpoint.self_service_portal).toBeUndefined();
});

describe("with a directory", () => {
  const authentication = { kind: "saml", providerArn: "arn:saml" } as const;

  test("people log in there, and still meet the server's certificate", () => {
    const found = only(vpn({ authentication }), "aws_ec2_client_vpn_endpoint");
    expect(found.authentication_options).toEqual([
      { type: "federated-authentication", saml_provider_arn: "arn:saml" },
    ]);
    expect(found.server_certificate_arn).toBe(certificate);
    expect(found.self_service_portal).toBeUndefined();
  });

  test("they fetch their profile from the portal, if there is one", () => {
    const withPortal = vpn({ authentication: { ...authentication, portalProviderArn: "arn:portal" } });
    expect(only(withPortal, "aws_ec2_client_vpn_endpoint")).toMatchObject({
      authentication_options: [
        {
          type: "federated-authentication",
          saml_provider_arn: "arn:saml",
          self_service_saml_provider_arn: "arn:portal",
        },
      ],
      self_service_portal: "enabled",
    });
  });

  test("a group reaches its network only", () => {
    const authorizations = { engineers: { group: "g-1", cidr: "10.100.3.0/24" }, auditors: { group: "g-2" } };
    const rules = resources(
      vpn({ authentication, authorizations }),
      "aws_ec2_client_vpn_authorization_rule",
      3,
    );
    const client_vpn_endpoint_id = ref("aws_ec2_client_vpn_endpoint.vpn.id");
    expect(rules).toEqual({
      vpn_allow_auditors: {
        client_vpn_endpoint_id,
        target_network_cidr: "10.100.0.0/16",
        access_group_id: "g-2",
        description: "auditors",
      },
      vpn_allow_engineers: {
        client_vpn_endpoint_id,
        target_network_cidr: "10.100.3.0/24",
        access_group_id: "g-1",
        description: "engineers",
      },
      // The most specific rule decides: for engineers alone, it would cut the auditors off from names.
      vpn_resolver: {
        client_vpn_endpoint_id,
        target_network_cidr: "10.100.0.2/32",
        authorize_all_groups: true,
        description: "names",
      },
    });
  });

  test.each([
    ["the whole VPC", { all: { cidr: "10.100.0.0/16" } }, 1],
    ["more than the VPC", { all: { cidr: "10.0.0.0/8", group: "g-1" } }, 1],
    [
      "a part, and the resolver already",
      { a: { cidr: "10.100.3.0/24" }, names: { cidr: "10.100.0.2/32" } },
      2,
    ],
    ["a part, by certificate", { a: { cidr: "10.100.3.0/24" } }, 2],
    [
      "two parts for one group",
      { a: { cidr: "10.100.3.0/24", group: "g" }, b: { cidr: "10.100.4.0/24", group: "g" } },
      3,
    ],
  ])("an authorization for %s makes no more rules than names need", (_, authorizations, count) => {
    resources(vpn({ authorizations }), "aws_ec2_client_vpn_authorization_rule", count);
  });
});
