import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findTerraform } from "../../../cli/terraform/executable";
import { Workspace } from "../../../cli/terraform/workspace";
import { LoopbackServer } from "../loopback-server";

const headers = { "content-type": "application/xml" };
const error = (status: number, code: string) => ({
  status,
  headers,
  body: `<?xml version="1.0"?><Error><Code>${code}</Code></Error>`,
});

/** A state bucket that may only be read, as the role of CI that plans finds it; it has no state yet. */
const written: string[] = [];
const server = new LoopbackServer(({ method, url = "" }) => {
  if (url.includes("list-type")) return { status: 200, headers, body: "<ListBucketResult/>" };
  if (method === "GET" || method === "HEAD") return error(404, "NoSuchKey");
  written.push(`${method} ${url.replace(/\?.*/, "")}`);
  return error(403, "AccessDenied");
});

let folder: string;

beforeAll(async () => {
  const url = await server.start();
  folder = mkdtempSync(join(tmpdir(), "without-lock-"));
  const backend = {
    ...{ bucket: "states", key: "p/dev/lake.tfstate", region: "eu-north-1", use_lockfile: true },
    ...{ use_path_style: true, endpoints: { s3: url }, access_key: "test", secret_key: "test" },
    ...{ skip_credentials_validation: true, skip_region_validation: true, max_retries: 1 },
    ...{ skip_requesting_account_id: true, skip_metadata_api_check: true },
  };
  mkdirSync(join(folder, "dev-lake"));
  const stack = { terraform: { backend: { s3: backend } }, resource: { terraform_data: { kept: {} } } };
  writeFileSync(join(folder, "dev-lake", "cdk.tf.json"), JSON.stringify(stack));
});

afterAll(async () => {
  await server.stop();
  if (folder) rmSync(folder, { recursive: true });
});

/** The stack's workspace, which waits for a lock, or takes none. */
async function opened(lockTimeout: string | undefined): Promise<Workspace> {
  const stack = { id: "dev-lake", directory: join(folder, "dev-lake"), dependencies: [] };
  const workspace = new Workspace(findTerraform(">= 1.11.0"), stack, lockTimeout);
  await workspace.init();
  written.length = 0;
  return workspace;
}

test("a plan without a lock writes nothing into the state bucket", async () => {
  const { file, changes } = await (await opened(undefined)).plan();
  rmSync(file);
  expect(changes).toBe(true);
  expect(written).toEqual([]);
});

test("credentials that may not write a lock are told how to plan without one", async () => {
  const workspace = await opened("0s");
  await expect(workspace.plan()).rejects.toMatchObject({
    message: "dev-lake: the state cannot be locked: these credentials may not write its lock file",
    remedy: expect.stringContaining("plan with --no-lock"),
  });
  expect([...new Set(written)]).toEqual(["PUT /states/p/dev/lake.tfstate.tflock"]);
});
