import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateBucketCommand, GetObjectCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { type Ended, runPlatform } from "../cli/platform-process";
import { recorded } from "./local-stack";
import { pointAtLoopback } from "./loopback";
import { MotoServer } from "./moto-server";
import { terraformEnvironment } from "./stand-in";

/** The stacks of an environment, each after those it reads. */
export const stackNames = [
  "network",
  "access",
  "lake",
  "catalog",
  "processing",
  "metadata",
  "events",
  "orchestration",
  "observability",
  "people",
] as const;

/** What a state says of what there is. */
interface Stored {
  readonly resources: readonly unknown[];
  readonly outputs: object;
}

/**
 * A machine and an account of their own for the real command line and the real Terraform: synthesized stacks whose
 * states are on an S3 on loopback, and a provider that applies without AWS.
 */
export class TerraformScene {
  private constructor(
    /** Where everything is that the commands leave. */
    readonly home: string,
    readonly s3: S3Client,
    private readonly moto: MotoServer,
    /** What a process is given to be in this scene. */
    readonly environment: Readonly<Record<string, string>>,
    /** Options of the command that synthesizes. */
    private readonly options: string,
  ) {}

  /**
   * Starts it; the stacks are synthesized.
   * @param environments folder of `.tfvars` files. @default the committed environments
   */
  static async start(environments?: string): Promise<TerraformScene> {
    const home = mkdtempSync(join(tmpdir(), "terraform-"));
    const terraform = terraformEnvironment(home);
    const moto = await MotoServer.start();
    const s3 = new S3Client({
      endpoint: moto.url,
      region: "eu-north-1",
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
      forcePathStyle: true,
    });
    const environment = {
      ...moto.environment,
      ...terraform,
      STAND_IN_WORLD: join(home, "world"),
      CDKTF_OUTDIR: join(home, "cdktf.out"),
    };
    const options = environments === undefined ? "" : `--environments ${environments} `;
    const scene = new TerraformScene(home, s3, moto, environment, options);
    await scene.machine("cdktf.out");
    return scene;
  }

  async stop(): Promise<void> {
    this.s3.destroy();
    await this.moto.stop();
    rmSync(this.home, { recursive: true, force: true });
  }

  /**
   * Synthesizes into a folder of its own, as on another machine.
   * @returns what a process is given to work there
   */
  async machine(folder: string): Promise<Record<string, string>> {
    const place = { CDKTF_OUTDIR: join(this.home, folder) };
    expect((await this.platform(`${this.options}synth`, place)).code).toBe(0);
    pointAtLoopback(place.CDKTF_OUTDIR, this.moto.url);
    return place;
  }

  /** Runs a command of the platform to its end. */
  platform(command: string, extra: Readonly<Record<string, string>> = {}): Promise<Ended> {
    return runPlatform(command.split(" "), { ...this.environment, ...extra });
  }

  makeBucket(Bucket: string): Promise<unknown> {
    return this.s3.send(
      new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: "eu-north-1" } }),
    );
  }

  async keysIn(Bucket: string): Promise<(string | undefined)[]> {
    const { Contents = [] } = await this.s3.send(new ListObjectsV2Command({ Bucket }));
    return Contents.map(({ Key }) => Key);
  }

  /** The state of a stack, `dev/network`, in an account. */
  async stored(account: string, stack: string): Promise<Stored> {
    const place = { Bucket: stateBucketOf(account), Key: `big-data/${stack}.tfstate` };
    const { Body } = await this.s3.send(new GetObjectCommand(place));
    return JSON.parse((await Body?.transformToString()) ?? "");
  }

  /** How many resources of a type the provider holds, whatever the states say. */
  existing(): Record<string, number> {
    return recorded(join(this.home, "world"));
  }

  /** Override files that a command left behind. */
  overridesOfOurs(): string[] {
    const stacks = join(this.home, "cdktf.out", "stacks");
    return readdirSync(stacks, { recursive: true, encoding: "utf8" }).filter((name) =>
      name.includes("z_platform"),
    );
  }

  /** A PATH with Node alone. */
  pathWithoutTerraform(): string {
    const bin = join(this.home, "bin");
    mkdirSync(bin);
    symlinkSync(process.execPath, join(bin, "node"));
    return bin;
  }
}

export function stateBucketOf(account: string): string {
  return `big-data-terraform-state-${account}`;
}

/** The result of each step, as the summary at the end of the output says it. */
export function results({ output }: Ended): Record<string, string> {
  const summary = output.slice(output.lastIndexOf("\nstack "));
  const words = "found|planned|unchanged|waits|applied|published|destroyed|absent|failed|not reached";
  const rows = summary.matchAll(new RegExp(`^(\\S+(?: \\S+)*?) {2,}(${words})`, "gm"));
  return Object.fromEntries([...rows].map(([, name, word]) => [name, word]));
}

/** The same result for each stack of an environment. */
export function all(environment: string, word: string): Record<string, string> {
  return Object.fromEntries(stackNames.map((stack) => [`${environment}-${stack}`, word]));
}
