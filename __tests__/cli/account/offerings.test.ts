import { checkDatabaseClass, checkInstanceTypes } from "../../../cli/account/offerings";
import type { EnvironmentConfig } from "../../../config";
import { dev, prod } from "../../stacks/environments";
import { MotoServer } from "../../terraform/moto-server";
import { AwsDouble } from "./aws-double";
import { orderable } from "./orderable";

const { env } = process;

afterAll(() => {
  process.env = env;
});

/** moto carries what EC2 answered for every region. */
describe("instance types of clusters", () => {
  let moto: MotoServer;

  beforeAll(async () => {
    moto = await MotoServer.start();
    process.env = { ...env, ...moto.environment };
  });

  afterAll(() => moto?.stop());

  const withTypes = (types: string[], region = "eu-north-1"): EnvironmentConfig => ({
    ...prod,
    region,
    processing: { ...prod.processing, core_instance_types: types },
  });

  test("are offered in the region", async () => {
    expect(await checkInstanceTypes(prod)).toEqual({
      state: "ok",
      detail: "m5.xlarge, m5d.xlarge, m6i.xlarge: offered in eu-north-1",
    });
  });

  test("are wrong where the region has one of them not", async () => {
    expect(await checkInstanceTypes(withTypes(["m5.xlarge", "m5a.xlarge"]))).toEqual({
      state: "wrong",
      detail: "m5a.xlarge: not offered in eu-north-1",
      remedy: "take them out of processing.primary_instance_types and processing.core_instance_types",
    });
  });

  test("are wrong where the zones of the private subnets have none of one", async () => {
    const types = withTypes(["m5.xlarge", "m7i.xlarge"], "us-east-1");
    const e = { cidr: "10.100.3.0/24", zone: "e" };
    const there = { ...types, network: { ...types.network, private_subnets: { e } } };
    const found = await checkInstanceTypes(there);
    expect(found.state).toBe("wrong");
    expect(found.detail).toContain("not offered in the zones of the private subnets, us-east-1e");
    expect(found.remedy).toBe("use other types, or private subnets in other zones");
  });

  test("do not matter on EMR Serverless", async () => {
    expect(await checkInstanceTypes(dev)).toEqual({
      state: "ok",
      detail: "none: jobs run on EMR Serverless",
    });
  });
});

/** moto does not know what RDS offers. */
describe("the class of the database", () => {
  const double = new AwsDouble();

  beforeAll(async () => {
    const keys = { AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" };
    process.env = { ...env, ...keys, AWS_ENDPOINT_URL: await double.start() };
  });

  afterAll(() => double.stop());

  const answered = async (...answer: Parameters<typeof orderable>) => {
    double.answers = { DescribeOrderableDBInstanceOptions: orderable(...answer) };
    return checkDatabaseClass(prod);
  };
  const what = "db.t4g.micro for PostgreSQL 17 with a standby";

  test("is offered in the zones of the database subnets", async () => {
    expect(await answered("17.6", ["eu-north-1a", "eu-north-1b", "eu-north-1c"])).toEqual({
      state: "ok",
      detail: `${what}: offered in eu-north-1a, eu-north-1b`,
    });
  });

  test.each([
    ["for another version", "16.9", true],
    ["without a standby", "17.6", false],
  ])("is wrong if it is offered %s only", async (_, version, standby) => {
    expect(await answered(version, ["eu-north-1a", "eu-north-1b"], standby)).toEqual({
      state: "wrong",
      detail: `${what}: not offered in eu-north-1`,
      remedy: "use another metadata.instance_class",
    });
  });

  test("is wrong if a standby has no second zone", async () => {
    expect(await answered("17.6", ["eu-north-1c", "eu-north-1b"])).toEqual({
      state: "wrong",
      detail: `${what}: of the zones of the database subnets, offered in eu-north-1b`,
      remedy: "use database subnets in eu-north-1b, eu-north-1c",
    });
  });

  test("is unknown where RDS may not be asked", async () => {
    double.answers = {};
    expect(await checkDatabaseClass(prod)).toEqual({
      state: "unknown",
      detail: "rds:DescribeOrderableDBInstanceOptions is denied",
      remedy: "allow rds:DescribeOrderableDBInstanceOptions",
    });
  });
});
