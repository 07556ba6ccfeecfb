import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadEnvironment } from "../../../config";
import { validSource } from "../invalid/base";

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "environments-"));
});

afterEach(() => rmSync(directory, { recursive: true }));

/** The VPN of the valid environment with these keys, and with these changes of the rest. */
async function vpnOf(keys: string, change = (source: string) => source) {
  const file = join(directory, "prod.tfvars");
  writeFileSync(file, change(`${validSource}access = { vpn = { ${keys} } }\n`));
  return (await loadEnvironment(file)).access.vpn;
}

test("by default the VPN is on, by certificates, in the first public subnet, open to the VPC", async () => {
  expect(await vpnOf("")).toEqual({
    enabled: true,
    authentication: { kind: "certificate" },
    target_subnets: ["public_vpn"],
    session_hours: 8,
    login_banner: "For authorized persons only. Connections are logged.",
    authorizations: { vpc: {} },
    log_retention_days: 365,
  });
});

test("the first public subnet is that of the first zone, whatever the order of the file", async () => {
  const swapped = await vpnOf("", (source) =>
    source
      .replace('"10.100.0.0/24", zone = "a"', '"10.100.0.0/24", zone = "c"')
      .replace('"per_zone"', '"single"'),
  );
  expect(swapped.target_subnets).toEqual(["public_application"]);
});

test("a directory is one that IAM knows", async () => {
  const arn = "arn:aws:iam::222222222222:saml-provider/company";
  const keys = `kind = "saml", provider_arn = "${arn}", portal_provider_arn = "${arn}"`;
  const { authentication } = await vpnOf(`authentication = { ${keys} }`);
  expect(authentication).toEqual({ kind: "saml", provider: { arn }, portalProviderArn: arn });
});

describe("or one whose metadata lies beside the file", () => {
  const certificate = "<ds:X509Certificate>MIIC</ds:X509Certificate>";
  const metadata = `<?xml version="1.0"?>
<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://idp.example.com">
<md:IDPSSODescriptor>${certificate}${" ".repeat(1000)}</md:IDPSSODescriptor>
</md:EntityDescriptor>
`;
  const keys = 'authentication = { kind = "saml", metadata_file = "company.xml" }';
  const read = async (text: string) => {
    writeFileSync(join(directory, "company.xml"), text);
    return (await vpnOf(keys)).authentication;
  };

  test("as IAM reads it", async () => {
    expect(await read(metadata)).toEqual({ kind: "saml", provider: { metadata } });
  });

  test.each([
    ["<EntityDescriptor/>", "has 19 bytes; use the whole metadata document: 1000 to 10000000 bytes"],
    ["not xml ".repeat(200), "it lacks an EntityDescriptor with an entityID"],
    [metadata.replace("entityID", "ID"), "it lacks an EntityDescriptor with an entityID"],
    [metadata.replaceAll("IDPSSODescriptor", "SPSSODescriptor"), "it lacks an IDPSSODescriptor"],
    [metadata.replace(certificate, ""), "it lacks an X509Certificate"],
    [metadata.replace("</md:EntityDescriptor>", ""), "it lacks its end, </EntityDescriptor>"],
  ])("and not what IAM would refuse: %#", async (text, message) => {
    await expect(read(text)).rejects.toThrow(message);
  });

  test("and not a folder", async () => {
    mkdirSync(join(directory, "company.xml"));
    await expect(vpnOf(keys)).rejects.toThrow('metadata_file = "company.xml"\n    is not a file;');
  });
});

test("a target subnet has room for the VPN", async () => {
  const small = vpnOf('target_subnets = ["public_vpn"]', (source) =>
    source.replace("10.100.0.0/24", "10.100.0.0/28"),
  );
  await expect(small).rejects.toThrow(
    'access.vpn.target_subnets[0] = "public_vpn"\n    is a range of size /28; use a subnet of /27 or larger',
  );
});

test("a VPN that is off may say what it likes", async () => {
  const vpn = await vpnOf('enabled = false, target_subnets = ["public_none"], authorizations = {}');
  expect(vpn.enabled).toBe(false);
});

test("in a VPC that is there, the subnets are those that are named there", async () => {
  const subnets = (kind: string, count: number) =>
    `${kind} = { ${["a", "b"].map((zone, index) => `${zone} = { id = "subnet-0000000000000000${count + index}", zone = "${zone}" }`).join(", ")} }`;
  const existing = [
    subnets("public_subnets", 1),
    subnets("private_subnets", 3),
    subnets("database_subnets", 5),
  ];
  const inExisting = (source: string) =>
    source.replace(
      /network = \{[\s\S]*?\n\}\n/,
      `network = {\n vpc_cidr = "10.100.0.0/16"\n existing = { vpc_id = "vpc-00000000000000001", ${existing.join(", ")} }\n}\n`,
    );
  expect((await vpnOf("", inExisting)).target_subnets).toEqual(["public_a"]);
  const both = await vpnOf('target_subnets = ["public_b", "private_a"]', inExisting);
  expect(both.target_subnets).toEqual(["public_b", "private_a"]);
  await expect(vpnOf('target_subnets = ["public_vpn"]', inExisting)).rejects.toThrow(
    "is no subnet of network; use one of public_a, public_b, private_a, private_b",
  );
});
