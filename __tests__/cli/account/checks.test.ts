import { CreateSAMLProviderCommand, IAMClient } from "@aws-sdk/client-iam";
import { checkComputeQuotas } from "../../../cli/account/compute-quotas";
import { checkSamlProviders } from "../../../cli/account/identities";
import { checkLakeFormation } from "../../../cli/account/lake-formation";
import type { EnvironmentConfig } from "../../../config";
import { dev, prod } from "../../stacks/environments";
import { MotoServer } from "../../terraform/moto-server";
import { AwsDouble, Refusal } from "./aws-double";

const own = { account_id: "123456789012" };
const { env } = process;
const double = new AwsDouble();

beforeAll(async () => {
  const url = await double.start();
  const keys = { AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" };
  process.env = { ...env, ...keys, AWS_ENDPOINT_URL: url };
});

afterAll(async () => {
  await double.stop();
  process.env = env;
});

describe("Lake Formation", () => {
  const everybody = [
    { Principal: { DataLakePrincipalIdentifier: "IAM_ALLOWED_PRINCIPALS" }, Permissions: ["ALL"] },
  ];
  const settings = (databases: object[], tables: object[]) => ({
    GetDataLakeSettings: {
      DataLakeSettings: {
        CreateDatabaseDefaultPermissions: databases,
        CreateTableDefaultPermissions: tables,
      },
    },
  });

  test("leaves new databases and tables to IAM by default", async () => {
    double.answers = settings(everybody, everybody);
    expect(await checkLakeFormation(dev)).toMatchObject({ state: "ok" });
  });

  test("is warned of where an account has closed them", async () => {
    double.answers = settings([], []);
    expect(await checkLakeFormation(dev)).toMatchObject({
      state: "warning",
      detail: expect.stringContaining("new databases and tables are closed"),
      remedy: expect.stringContaining("grant the jobs' roles and people ALL"),
    });
    double.answers = settings(everybody, []);
    expect((await checkLakeFormation(dev)).detail).toContain("new tables are closed");
  });

  test("is unknown where its settings may not be read", async () => {
    double.answers = {};
    expect(await checkLakeFormation(dev)).toEqual({
      state: "unknown",
      detail: "lakeformation:GetDataLakeSettings is denied",
      remedy: "allow lakeformation:GetDataLakeSettings",
    });
  });
});

describe("quotas of computing", () => {
  const value = (Value: number) => ({ GetServiceQuota: { Quota: { Value } } });
  const clusters: EnvironmentConfig = {
    ...prod,
    processing: {
      ...prod.processing,
      primary_instance_types: ["m5.xlarge", "m6i.2xlarge"],
      core_instance_types: ["m5.4xlarge", "r5.xlarge", "p3.16xlarge"],
      core_on_demand_units: 1,
      core_spot_units: 3,
      maximum_units: 10,
      maximum_on_demand_units: 2,
    },
  };

  test("of EC2 hold the primary node and what the fleets may grow to, by the biggest type", async () => {
    double.answers = value(144);
    expect(await checkComputeQuotas(clusters)).toEqual({
      state: "ok",
      detail: "144 vCPUs on demand, 144 vCPUs on spot, 144 TiB of gp3 disks",
    });
    double.answers = value(143);
    expect(await checkComputeQuotas(clusters)).toEqual({
      state: "warning",
      detail: "143 vCPUs on spot, and a run grows to 144",
      remedy:
        "aws service-quotas request-service-quota-increase --service-code ec2 --quota-code L-34B43A08 --desired-value 144 --region eu-north-1",
    });
  });

  test("of a new account start nothing", async () => {
    double.answers = value(5);
    const found = await checkComputeQuotas(clusters);
    expect(found).toMatchObject({
      state: "wrong",
      detail:
        "5 vCPUs on demand, and a run starts with 24; 5 vCPUs on spot, and a run starts with 64; 5 TiB of gp3 disks, and a run grows to 10",
    });
    expect(found.remedy).toContain("--quota-code L-1216C47A --desired-value 40 ");
  });

  test("of gp3 hold the disks of all nodes, as large as the configuration says", async () => {
    const disks = (node_disk_gb: number) => ({
      ...clusters,
      processing: { ...clusters.processing, node_disk_gb },
    });
    double.answers = value(150);
    expect(await checkComputeQuotas(disks(15_360))).toMatchObject({ state: "ok" });
    expect(await checkComputeQuotas(disks(15_361))).toEqual({
      state: "warning",
      detail: "150 TiB of gp3 disks, and a run grows to 151",
      remedy:
        "aws service-quotas request-service-quota-increase --service-code ebs --quota-code L-7A658B76 --desired-value 151 --region eu-north-1",
    });
  });

  test("of EMR Serverless hold the application", async () => {
    double.answers = value(30);
    expect(await checkComputeQuotas(dev)).toMatchObject({ state: "ok" });
    double.answers = value(16);
    expect(await checkComputeQuotas(dev)).toMatchObject({
      state: "warning",
      detail: "16 vCPUs on EMR Serverless, and a run grows to 30",
      remedy: expect.stringContaining("--service-code emr-serverless --quota-code L-D05C8A75"),
    });
  });

  test("that the account has none of its own of are AWS's", async () => {
    const none = new Refusal("NoSuchResourceException");
    double.answers = { GetServiceQuota: none, GetAWSDefaultServiceQuota: { Quota: { Value: 5 } } };
    expect(await checkComputeQuotas(dev)).toMatchObject({ state: "wrong" });
  });

  test("are unknown where they may not be read", async () => {
    double.answers = {};
    expect(await checkComputeQuotas(dev)).toMatchObject({
      state: "unknown",
      remedy: "allow servicequotas:GetServiceQuota",
    });
  });
});

describe("SAML providers", () => {
  const config: EnvironmentConfig = { ...dev, ...own };
  let moto: MotoServer;

  beforeAll(async () => {
    moto = await MotoServer.start();
    process.env.AWS_ENDPOINT_URL_IAM = moto.url;
  });

  afterAll(() => moto?.stop());

  test("that people names have to be there", async () => {
    expect(await checkSamlProviders(config)).toMatchObject({
      state: "missing",
      detail: "the account has no SAML provider directory, which people names",
      remedy: expect.stringContaining("take saml_provider out of people"),
    });
    const iam = new IAMClient({ region: "eu-north-1" });
    const SAMLMetadataDocument = `<EntityDescriptor>${" ".repeat(1000)}</EntityDescriptor>`;
    await iam.send(new CreateSAMLProviderCommand({ Name: "directory", SAMLMetadataDocument }));
    iam.destroy();
    expect(await checkSamlProviders(config)).toEqual({ state: "ok", detail: "directory" });
  });

  test("are not asked for where nobody comes by one", async () => {
    expect(await checkSamlProviders({ ...config, people: {} })).toMatchObject({ state: "ok" });
  });
});
