import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ACMClient } from "@aws-sdk/client-acm";
import { CreateBucketCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { MotoServer } from "../../terraform/moto-server";
import { type Ended, runPlatform } from "../platform-process";
import { Ec2Double } from "./ec2-double";

export const endpoint = "cvpn-endpoint-0123456789abcdef0";
export const dnsName = `*.${endpoint}.prod.clientvpn.eu-north-1.amazonaws.com`;
export const artifacts = "big-data-dev-artifacts-111111111111";
const stateBucket = "big-data-terraform-state-111111111111";

/** A folder of certificates, and an account on loopback that the commands about them work with. */
export class CertificateScene {
  private constructor(
    readonly home: string,
    private readonly moto: MotoServer,
    readonly ec2: Ec2Double,
    readonly acm: ACMClient,
    readonly s3: S3Client,
    /** What a process is given to be in this scene. */
    readonly environment: Readonly<Record<string, string>>,
  ) {}

  static async start(): Promise<CertificateScene> {
    const [moto, ec2] = [await MotoServer.start(), new Ec2Double()];
    const environment = { ...moto.environment, AWS_ENDPOINT_URL_EC2: await ec2.start() };
    const credentials = { accessKeyId: "test", secretAccessKey: "test" };
    const connection = { endpoint: moto.url, region: "eu-north-1", credentials };
    const s3 = new S3Client({ ...connection, forcePathStyle: true });
    for (const Bucket of [stateBucket, artifacts]) {
      const CreateBucketConfiguration = { LocationConstraint: "eu-north-1" } as const;
      await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration }));
    }
    const home = mkdtempSync(join(tmpdir(), "certificates-"));
    return new CertificateScene(home, moto, ec2, new ACMClient(connection), s3, environment);
  }

  async stop(): Promise<void> {
    this.acm.destroy();
    this.s3.destroy();
    await this.ec2.stop();
    await this.moto.stop();
    rmSync(this.home, { recursive: true, force: true });
  }

  get folder(): string {
    return join(this.home, "dev");
  }

  /** Runs `platform certificates <command>` for `dev` in this folder. */
  certificates(command: string, extra: Readonly<Record<string, string>> = {}): Promise<Ended> {
    const args = ["certificates", ...command.split(" "), "--env", "dev", "--folder", this.folder];
    return runPlatform(args, { ...this.environment, ...extra });
  }

  text(name: string): string {
    return readFileSync(join(this.folder, name), "utf8");
  }

  /** Stores what the access stack leaves in its state. */
  applyAccess(): Promise<unknown> {
    const outputs = { vpn_endpoint_id: { value: endpoint }, vpn_endpoint_dns_name: { value: dnsName } };
    return this.s3.send(
      new PutObjectCommand({
        Bucket: stateBucket,
        Key: "big-data/dev/access.tfstate",
        Body: JSON.stringify({ version: 4, serial: 1, outputs, resources: [] }),
      }),
    );
  }
}
