import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { findTerraform } from "../../cli/terraform/executable";
import { MotoServer } from "../terraform/moto-server";
import { pages, root } from "./markdown";

/** What the guide's own example names. */
const bucket = "big-data-terraform-state-111111111111";
const key = "big-data/dev/lake.tfstate";

/** The guide's blocks, in its order: they are run as they stand there, with what only the reader knows filled in. */
const blocks = pages()
  .filter(({ file }) => file === "docs/guides/recover-the-state.md")
  .flatMap((page) => page.blocks.map(({ text }) => text));
const [unlock = "", look = "", putBack = "", undelete = ""] = blocks;
const commands = (block: string): string[] => block.split(/\n(?=aws )/);
const [names = "", list = "", get = ""] = commands(look);

let folder: string;
let moto: MotoServer;
let s3: S3Client;
let environment: NodeJS.ProcessEnv;

/** How a script ended, and what it printed: its answer alone, and with its complaints. */
interface Ended {
  readonly status: number | null;
  readonly answer: string;
  readonly output: string;
}

/** Runs a script where the guide's reader is, with the answers that it asks for. */
function run(script: string, input = ""): Ended {
  const options = { cwd: folder, env: environment, input, encoding: "utf8", timeout: 30_000 } as const;
  const { status, stdout, stderr } = spawnSync("bash", ["-euo", "pipefail", "-c", script], options);
  return { status, answer: stdout, output: stdout + stderr };
}

const terraform = (args: string) => run(`terraform -chdir=cdktf.out/stacks/dev-lake ${args} -no-color`);

/** A stack of resources that Terraform makes by itself, whose state is on an S3 on loopback. */
function declare(...resources: readonly string[]): void {
  const backend = {
    ...{ bucket, key, region: "eu-north-1", use_lockfile: true, use_path_style: true },
    ...{ endpoints: { s3: moto.url }, skip_credentials_validation: true, skip_region_validation: true },
    ...{ skip_requesting_account_id: true, skip_metadata_api_check: true },
  };
  const made = Object.fromEntries(resources.map((name) => [name, {}]));
  const stack = { terraform: { backend: { s3: backend } }, resource: { terraform_data: made } };
  writeFileSync(join(folder, "cdktf.out", "stacks", "dev-lake", "cdk.tf.json"), JSON.stringify(stack));
}

/** Programs by the names that the guide has for them. */
function programs(): string {
  const bin = join(folder, "bin");
  mkdirSync(bin);
  const { command, prefix } = findTerraform(">= 1.11.0");
  // By its place: under its name it would find the program that is written here.
  const found = spawnSync("bash", ["-c", `command -v ${command}`], { encoding: "utf8" }).stdout.trim();
  const quoted = [found, ...prefix].map((word) => `'${word}'`).join(" ");
  const python = join(root, ".venv", "tools", "bin", "python");
  writeFileSync(join(bin, "terraform"), `#!/bin/sh\nexec ${quoted} "$@"\n`, { mode: 0o755 });
  writeFileSync(join(bin, "aws"), `#!/bin/sh\nexec '${python}' '${join(__dirname, "aws-cli.py")}' "$@"\n`, {
    mode: 0o755,
  });
  return bin;
}

beforeAll(async () => {
  moto = await MotoServer.start();
  folder = mkdtempSync(join(tmpdir(), "recover-"));
  mkdirSync(join(folder, "cdktf.out", "stacks", "dev-lake"), { recursive: true });
  mkdirSync(join(folder, "build"));
  const path = [programs(), process.env.PATH].join(delimiter);
  environment = {
    ...process.env,
    ...moto.environment,
    // Not the user's own, which may name a file that does not exist.
    TF_CLI_CONFIG_FILE: "/dev/null",
    AWS_DEFAULT_REGION: "eu-north-1",
    PATH: path,
  };
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  s3 = new S3Client({ endpoint: moto.url, region: "eu-north-1", credentials, forcePathStyle: true });
  const location = { LocationConstraint: "eu-north-1" } as const;
  await s3.send(new CreateBucketCommand({ Bucket: bucket, CreateBucketConfiguration: location }));
  const versions = { Status: "Enabled" } as const;
  await s3.send(new PutBucketVersioningCommand({ Bucket: bucket, VersioningConfiguration: versions }));
  declare("kept");
  expect(terraform("init -input=false")).toMatchObject({ status: 0 });
  expect(terraform("apply -auto-approve -input=false")).toMatchObject({ status: 0 });
}, 60_000);

afterAll(async () => {
  s3?.destroy();
  await moto?.stop();
  if (folder) rmSync(folder, { recursive: true });
});

test("the guide has the blocks that are run here", () => {
  expect(blocks).toHaveLength(4);
});

test("a lock that nobody holds any more is taken away", async () => {
  const lock = { ID: "5a2d6c4e-0000-4000-8000-000000000001", Operation: "OperationTypeApply", Who: "ada@ci" };
  await s3.send(new PutObjectCommand({ Bucket: bucket, Key: `${key}.tflock`, Body: JSON.stringify(lock) }));
  const refused = terraform("plan -input=false");
  expect(refused.status).toBe(1);
  expect(refused.output).toContain("ada@ci");
  expect(run(unlock.replace("<lock id>", lock.ID), "yes\n")).toMatchObject({ status: 0 });
  expect(terraform("plan -input=false")).toMatchObject({ status: 0 });
}, 30_000);

test("an earlier version is looked at and put back, and what was made since is planned again", () => {
  declare("kept", "since");
  expect(terraform("apply -auto-approve -input=false")).toMatchObject({ status: 0 });
  const versions: [string, string, number][] = JSON.parse(run(`${names}\n${list}`).answer);
  expect(versions).toHaveLength(2);
  const filled = (command: string) => `${names}\n${command.replaceAll("<version>", versions[1]?.[0] ?? "")}`;
  expect(run(filled(get))).toMatchObject({ status: 0 });
  const state = JSON.parse(readFileSync(join(folder, "build", "lake.tfstate"), "utf8"));
  expect(state.resources.map(({ name }: { name: string }) => name)).toEqual(["kept"]);
  expect(run(filled(putBack))).toMatchObject({ status: 0 });
  const planned = terraform("plan -input=false");
  expect(planned.output).toContain("terraform_data.since will be created");
  expect(planned.output).toContain("Plan: 1 to add, 0 to change, 0 to destroy.");
}, 30_000);

test("a state that was deleted comes back with its marker taken away", async () => {
  await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
  expect(terraform("state list").output).not.toContain("terraform_data.kept");
  const [find = "", remove = ""] = commands(undelete);
  const [marker = ""] = JSON.parse(run(`${names}\n${find}`).answer);
  const filled = remove.replace("<version of the marker>", marker);
  expect(run(`${names}\n${filled}`)).toMatchObject({ status: 0 });
  expect(terraform("state list").output).toContain("terraform_data.kept");
}, 30_000);
