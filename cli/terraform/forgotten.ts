import { canonicalJson } from "../../base/canonical-json";
import { ArtifactStore, BundleError, createClient } from "../../release/publish";
import type { ChangedResource, PlanJson } from "./change-set";
import { readStackJson, type Stack } from "./stacks";

/** Import ids of resources that Terraform has forgotten, by address. */
export type Forgotten = Readonly<Record<string, string>>;

interface Backend {
  readonly bucket: string;
  readonly key: string;
  readonly region: string;
}

/** Two applies of one stack exclude each other by the state's lock; this many lost races are an error. */
const ATTEMPTS = 5;

/** Types whose import id is not their `id`. Source: hashicorp/aws documentation, "Import" of each resource. */
const importedBy: Readonly<Record<string, string>> = { aws_db_instance: "identifier" };

/**
 * Returns the resources that a plan forgets, with the id that imports each.
 * @throws never; a resource without an id cannot be imported and is left out
 */
export function forgottenBy({ resource_changes = [] }: PlanJson): Forgotten {
  const entries = resource_changes
    .filter(({ change }) => change.actions.includes("forget"))
    .map((resource): [string, string | undefined] => [resource.address, importIdOf(resource)]);
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== undefined));
}

function importIdOf({ type, change: { before } }: ChangedResource): string | undefined {
  const attributes = (before ?? {}) as Readonly<Record<string, unknown>>;
  const id = attributes[importedBy[type] ?? "id"];
  return typeof id === "string" ? id : undefined;
}

/** Returns what a stack's applies have forgotten so far, whether it is managed again or not. */
export async function readForgotten(stack: Stack): Promise<Forgotten> {
  return withStore(stack, async (store, key) => {
    try {
      return parse((await store.read(key))?.text);
    } catch (error) {
      // Before the account is bootstrapped there is no bucket, and nothing was forgotten.
      if (error instanceof BundleError && (error.cause as Error | undefined)?.name === "NoSuchBucket")
        return {};
      throw error;
    }
  });
}

/**
 * Records what an apply is about to forget, beside the stack's state: switching the feature on again imports it.
 * It is written before the apply, so that a killed apply leaves no resource without its id.
 */
export async function recordForgotten(stack: Stack, added: Forgotten): Promise<void> {
  if (Object.keys(added).length === 0) return;
  await withStore(stack, async (store, key) => {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const stored = await store.read(key);
      const content = Buffer.from(canonicalJson({ ...parse(stored?.text), ...added }));
      if (await store.replace(key, content, stored?.tag)) return;
    }
    throw new BundleError(
      `s3://${store.bucket}/${key}: another process keeps changing it`,
      "wait for the other apply, then run this again",
    );
  });
}

async function withStore<Result>(
  { directory, id }: Stack,
  work: (store: ArtifactStore, key: string) => Promise<Result>,
): Promise<Result> {
  const backend = readStackJson(directory).terraform.backend?.s3 as Backend | undefined;
  if (backend === undefined) throw new Error(`${id} has no S3 backend`);
  const client = createClient(backend.region);
  try {
    return await work(
      new ArtifactStore({ client, bucket: backend.bucket }),
      backend.key.replace(/\.tfstate$/, ".forgotten.json"),
    );
  } finally {
    client.destroy();
  }
}

function parse(text: string | undefined): Forgotten {
  return text === undefined ? {} : JSON.parse(text);
}
