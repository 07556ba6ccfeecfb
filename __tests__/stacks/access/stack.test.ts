import type { EnvironmentConfig } from "../../../config";
import { dev, prod, variant } from "../environments";
import { only, pick, ref, resources, stacksOf } from "../synthesis";

const stacks = stacksOf([dev, prod]);

/** The access stack of development with another VPN. */
function accessWith(vpn: Partial<EnvironmentConfig["access"]["vpn"]>) {
  const access = { vpn: { ...dev.access.vpn, ...vpn } };
  return pick(stacksOf([variant({ access })]), "dev-access");
}

test("the VPN of production is attached in two zones, that of development in one", () => {
  const targets = (stack: string, count: number) =>
    Object.values(resources(pick(stacks, stack), "aws_ec2_client_vpn_network_association", count)).map(
      ({ subnet_id }) => subnet_id,
    );
  const subnet = (name: string) =>
    ref(`data.terraform_remote_state.network.outputs.public_subnet_${name}_id`);
  expect(targets("dev-access", 1)).toEqual([subnet("vpn")]);
  expect(targets("prod-access", 2)).toEqual([subnet("application"), subnet("vpn")]);
});

test("subnets of either kind, whatever they are called, are found by their outputs", () => {
  const json = accessWith({ target_subnets: ["private_a"] });
  expect(only(json, "aws_ec2_client_vpn_network_association").subnet_id).toBe(
    ref("data.terraform_remote_state.network.outputs.private_subnet_a_id"),
  );
});

test("its people stay in the network's group for them", () => {
  expect(only(pick(stacks, "dev-access"), "aws_ec2_client_vpn_endpoint").security_group_ids).toEqual([
    ref("data.terraform_remote_state.network.outputs.vpn_security_group_id"),
  ]);
});

test("the log of connections is encrypted by a key for it alone, and kept as long as configured", () => {
  for (const [environment, days] of Object.entries({ dev: 30, prod: 365 })) {
    const json = pick(stacks, `${environment}-access`);
    expect(only(json, "aws_cloudwatch_log_group")).toEqual({
      name: `/big-data-${environment}/vpn-connections`,
      retention_in_days: days,
      kms_key_id: ref("aws_kms_key.access.arn"),
      lifecycle: { prevent_destroy: true },
    });
    expect(only(json, "aws_kms_key").policy).toContain(`log-group:/big-data-${environment}/vpn-connections"`);
  }
});

test("turned off, it leaves its log and key", () => {
  const json = accessWith({ enabled: false });
  expect(Object.keys(json.resource ?? {})).toEqual([
    "aws_cloudwatch_log_group",
    "aws_kms_alias",
    "aws_kms_key",
  ]);
  expect(json.output ?? {}).toEqual({});
  expect(json.data?.aws_acm_certificate).toBeUndefined();
});

test("what looks like an expression is shown as it is written", () => {
  const json = accessWith({ login_banner: `100 %{ and ${ref("x")}` });
  expect(only(json, "aws_ec2_client_vpn_endpoint").client_login_banner_options.banner_text).toBe(
    `100 %%{ and $${ref("x")}`,
  );
});

describe("a directory", () => {
  test("that IAM knows is used as it is", () => {
    const arn = "arn:aws:iam::111111111111:saml-provider/company";
    const json = accessWith({ authentication: { kind: "saml", provider: { arn }, portalProviderArn: arn } });
    resources(json, "aws_iam_saml_provider", 0);
    expect(only(json, "aws_ec2_client_vpn_endpoint").authentication_options).toEqual([
      { type: "federated-authentication", saml_provider_arn: arn, self_service_saml_provider_arn: arn },
    ]);
  });

  test("that IAM does not know is made of its metadata", () => {
    const json = accessWith({
      authentication: { kind: "saml", provider: { metadata: "<EntityDescriptor/>" } },
    });
    expect(only(json, "aws_iam_saml_provider")).toEqual({
      name: "big-data-dev-vpn",
      saml_metadata_document: "<EntityDescriptor/>",
    });
    expect(only(json, "aws_ec2_client_vpn_endpoint").authentication_options).toEqual([
      { type: "federated-authentication", saml_provider_arn: ref("aws_iam_saml_provider.vpn_saml.arn") },
    ]);
  });
});

describe("encryption between the nodes of a cluster", () => {
  const processing = { ...dev.processing, in_transit_certificates: true };
  const json = pick(stacksOf([variant({ processing })]), "dev-processing");
  const artifacts = ref("data.terraform_remote_state.lake.outputs.artifacts_bucket");

  test("takes the archive where the command puts it", () => {
    const configuration = (stack: typeof json) =>
      JSON.parse(only(stack, "aws_emr_security_configuration").configuration).EncryptionConfiguration;
    expect(configuration(json)).toMatchObject({
      EnableInTransitEncryption: true,
      InTransitEncryptionConfiguration: {
        TLSCertificateConfiguration: {
          CertificateProviderType: "PEM",
          S3Object: `s3://${artifacts}/certificates/emr-in-transit.zip`,
        },
      },
    });
    expect(configuration(pick(stacks, "dev-processing")).EnableInTransitEncryption).toBe(false);
  });

  test("lets nodes read that archive, which they cannot without", () => {
    const policyOf = (stack: typeof json) =>
      resources(stack, "aws_iam_role_policy", 3).emr_instance_jobs.policy;
    expect(policyOf(json)).toContain("/certificates/emr-in-transit.zip");
    expect(policyOf(pick(stacks, "dev-processing"))).not.toContain("certificates/");
    const { emr_serverless_job_jobs: serverless } = resources(json, "aws_iam_role_policy", 3);
    expect(serverless.policy).not.toContain("certificates/");
  });
});
