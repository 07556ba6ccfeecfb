import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ACMClient, ImportCertificateCommand } from "@aws-sdk/client-acm";
import { CreateRoleCommand, CreateSAMLProviderCommand, IAMClient } from "@aws-sdk/client-iam";
import {
  CreateBucketCommand,
  PutBucketEncryptionCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { CertificateFolder, createCertificates } from "../../../certificates";
import { checkCertificateFolder } from "../../../cli/doctor/certificates";
import { type EnvironmentConfig, loadEnvironment } from "../../../config";
import { openssl } from "../../certificates/openssl";
import { MotoServer } from "../../terraform/moto-server";
import { AwsDouble } from "../account/aws-double";
import { orderable } from "../account/orderable";
import { type Ended, runPlatform } from "../platform-process";
import { FakePath } from "./fake-path";

/** The account that moto's credentials are of. */
const account = "123456789012";
const Bucket = `big-data-terraform-state-${account}`;
const dev = join(__dirname, "..", "..", "..", "environments", "dev.tfvars");

/** The tests follow each other: each adds to the account what the one before was told to. */
describe("doctor --env", () => {
  jest.setTimeout(60_000);

  const programs = new FakePath();
  let home: string;
  let moto: MotoServer;
  let acm: ACMClient;
  let s3: S3Client;
  let iam: IAMClient;
  /** Cost Explorer and Service Quotas, which moto lacks, and RDS, whose offers it lacks. */
  const double = new AwsDouble();
  let aws: Record<string, string>;

  beforeAll(async () => {
    programs.sayAll();
    home = mkdtempSync(join(tmpdir(), "doctor-"));
    mkdirSync(join(home, "environments"));
    const mine = readFileSync(dev, "utf8").replaceAll("111111111111", account);
    writeFileSync(join(home, "environments", "dev.tfvars"), mine);
    moto = await MotoServer.start();
    const credentials = { accessKeyId: "test", secretAccessKey: "test" };
    const connection = { endpoint: moto.url, region: "eu-north-1", credentials };
    acm = new ACMClient(connection);
    iam = new IAMClient(connection);
    const url = await double.start();
    aws = {
      ...moto.environment,
      AWS_ENDPOINT_URL_COST_EXPLORER: url,
      AWS_ENDPOINT_URL_SERVICE_QUOTAS: url,
      AWS_ENDPOINT_URL_RDS: url,
    };
    s3 = new S3Client({ ...connection, forcePathStyle: true });
  });

  afterAll(async () => {
    acm?.destroy();
    iam?.destroy();
    await double.stop();
    s3?.destroy();
    await moto?.stop();
    for (const folder of [home, programs.folder]) rmSync(folder, { recursive: true, force: true });
  });

  const doctor = (environment: Record<string, string> = aws): Promise<Ended> => {
    const options = ["--environments", join(home, "environments"), "doctor", "--env", "dev"];
    return runPlatform(options, { PATH: programs.folder, JAVA_HOME: "", ...environment });
  };

  test("without credentials nothing of the account is looked at", async () => {
    const keys = { AWS_ACCESS_KEY_ID: "", AWS_SECRET_ACCESS_KEY: "", AWS_PROFILE: "", HOME: home };
    const { code, output } = await doctor({ ...moto.environment, ...keys });
    expect(output).toMatch(/^missing +AWS credentials +no credentials are configured here .*\n +→ log in/m);
    expect(output).toMatch(/^unknown +state bucket +not looked at/m);
    expect(output).toMatch(/^unknown +VPN certificate +not looked at/m);
    expect(output).toContain("✗ 1 of what is needed is not as it must be\n");
    expect(code).toBe(1);
  });

  test("credentials of another account are wrong", async () => {
    const mine = join(home, "environments", "dev.tfvars");
    const right = readFileSync(mine);
    cpSync(dev, mine);
    const { code, output } = await doctor();
    writeFileSync(mine, right);
    expect(output).toMatch(
      /^wrong +AWS credentials +arn:\S+ is of account 123456789012; the environment's account_id is 111111111111/m,
    );
    expect(code).toBe(1);
  });

  test("an AWS that does not answer is said to be that", async () => {
    const { code, output } = await doctor({ ...moto.environment, AWS_ENDPOINT_URL: "http://127.0.0.1:1" });
    expect(output).toMatch(/^wrong +AWS credentials +STS refuses them, or does not answer \(.*ECONNREFUSED/m);
    expect(code).toBe(1);
  });

  test("an account that is not bootstrapped lacks its bucket and its certificate", async () => {
    const { code, output } = await doctor();
    expect(output).toMatch(/^ok +AWS credentials +arn:/m);
    expect(output).toMatch(
      new RegExp(
        `^missing +state bucket +${Bucket} does not exist .*\\n +→ ./platform bootstrap --env dev`,
        "m",
      ),
    );
    expect(output).toMatch(
      /^missing +VPN certificate +ACM in eu-north-1 has no valid one .*\n +→ \.\/platform certificates create --env dev, then \.\/platform certificates import --env dev/m,
    );
    expect(code).toBe(1);
  });

  test("a bucket made by hand, and a certificate that ends soon, are wrong", async () => {
    const CreateBucketConfiguration = { LocationConstraint: "eu-north-1" } as const;
    await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration }));
    await importUntil(10);
    const { code, output } = await doctor();
    expect(output).toMatch(new RegExp(`^wrong +state bucket +${Bucket} is not versioned`, "m"));
    expect(output).toMatch(
      /^wrong +VPN certificate +\S+, valid until \d{4}-\d\d-\d\d .*\n +→ \.\/platform certificates rotate --env dev/m,
    );
    expect(code).toBe(1);
  });

  test("an account where all is well", async () => {
    const VersioningConfiguration = { Status: "Enabled" } as const;
    await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }));
    const Rules = [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" as const } }];
    const ServerSideEncryptionConfiguration = { Rules };
    await s3.send(new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration }));
    const options = ["--environments", join(home, "environments"), "certificates"];
    for (const command of ["create", "import"]) {
      const folder = ["--env", "dev", "--folder", join(home, "keys")];
      const { code, output } = await runPlatform([...options, command, ...folder], moto.environment);
      expect([code, output]).toEqual([0, expect.any(String)]);
    }
    const SAMLMetadataDocument = `<EntityDescriptor>${" ".repeat(1000)}</EntityDescriptor>`;
    await iam.send(new CreateSAMLProviderCommand({ Name: "directory", SAMLMetadataDocument }));
    double.answers = {
      GetAnomalyMonitors: { AnomalyMonitors: [] },
      ListCostAllocationTags: { CostAllocationTags: [] },
      GetServiceQuota: { Quota: { Value: 1000 } },
      DescribeOrderableDBInstanceOptions: orderable("17.6", ["eu-north-1a", "eu-north-1b"]),
    };
    const { code, output } = await doctor();
    expect(output).toMatch(new RegExp(`^ok +state bucket +${Bucket}, versioned and encrypted`, "m"));
    expect(output).toMatch(/^ok +SAML providers +directory/m);
    expect(output).toMatch(/^ok +Lake Formation +IAM decides/m);
    expect(output).toMatch(/^ok +compute quotas +1000 vCPUs on EMR Serverless/m);
    expect(output).toMatch(/^ok +instance types +none: jobs run on EMR Serverless/m);
    expect(output).toMatch(
      /^ok +database class +db\.t4g\.micro for PostgreSQL 17: offered in eu-north-1a, eu-north-1b/m,
    );
    expect(output).toMatch(
      /^warning +tags on the bill +.*; the budget counts nothing until then .*\n +→ a day after the first apply, write account\.cost_allocation_tags = true/m,
    );
    expect(output).toMatch(/^ok +VPN certificate +\S+, valid until/m);
    expect(output).toContain("all that is needed is there");
    expect(code).toBe(0);
  });

  test("what the account has already is wrong as long as bootstrap has not created it", async () => {
    const [RoleName, AssumeRolePolicyDocument] = ["AWSServiceRoleForEC2Spot", "{}"];
    await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
    const found = await doctor();
    expect(found.output).toMatch(
      /^wrong +Spot's role +AWSServiceRoleForEC2Spot exists already, .*\n +→ write account\.spot_service_linked_role = false/m,
    );
    expect(found.code).toBe(1);
    const spot = { mode: "managed", type: "aws_iam_service_linked_role", name: "spot", instances: [{}] };
    const Body = JSON.stringify({ serial: 1, outputs: {}, resources: [spot] });
    await s3.send(new PutObjectCommand({ Bucket, Key: "big-data/account/bootstrap.tfstate", Body }));
    const bootstrapped = await doctor();
    expect(bootstrapped.output).toMatch(/^ok +Spot's role +AWSServiceRoleForEC2Spot/m);
    expect(bootstrapped.code).toBe(0);
  });

  /** A certificate with the environment's tags, of so many days. */
  async function importUntil(days: number): Promise<void> {
    const [key, certificate] = [join(home, "key.pem"), join(home, "certificate.pem")];
    const subject = ["-subj", "/CN=vpn.example", "-addext", "subjectAltName=DNS:vpn.example"];
    openssl(
      "req",
      "-x509",
      "-newkey",
      "rsa:2048",
      "-nodes",
      ...subject,
      "-days",
      String(days),
      "-keyout",
      key,
      "-out",
      certificate,
    );
    const tags = { project: "big-data", environment: "dev", purpose: "vpn-server" };
    const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
    const [Certificate, PrivateKey] = [readFileSync(certificate), readFileSync(key)];
    await acm.send(new ImportCertificateCommand({ Certificate, PrivateKey, Tags }));
  }
});

describe("the certificates of a folder", () => {
  const home = mkdtempSync(join(tmpdir(), "doctor-certificates-"));
  let config: EnvironmentConfig;

  beforeAll(async () => {
    config = await loadEnvironment(dev);
    await createCertificates(new CertificateFolder(join(home, "keys")), config);
  });

  afterAll(() => rmSync(home, { recursive: true }));

  test("are no matter where there are none, or as long as they are valid", () => {
    expect(checkCertificateFolder(config, join(home, "none"))).toEqual({
      state: "ok",
      detail: "none on this machine",
    });
    expect(checkCertificateFolder(config, join(home, "keys"))).toMatchObject({ state: "ok" });
  });

  test("are wrong once one of them has expired", () => {
    jest.useFakeTimers({ now: Date.now() + 826 * 86_400_000 });
    const verdict = checkCertificateFolder(config, join(home, "keys"));
    jest.useRealTimers();
    expect(verdict).toMatchObject({ state: "wrong", detail: expect.stringContaining("server expired") });
    expect(verdict.remedy).toContain("./platform certificates rotate --env dev");
  });
});
