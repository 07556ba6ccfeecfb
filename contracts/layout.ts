import { z } from "zod";
import { Failure } from "../base/failure";
import document from "./platform-layout.json";

const text = z.string().min(1);
const described = { description: text };

const zone = z.strictObject({
  folder: text,
  written_by: z.enum(["sources", "jobs"]),
  ...described,
});
const folder = z.strictObject({ folder: text, ...described });
const partition = z.strictObject({ key: text, ...described });
const pointer = z.strictObject({ key: text, ...described });
const named = z.strictObject({ name: text, ...described });
const job = named.extend({ is_step: z.boolean().describe("Whether a run has it, in the order of the jobs") });
const exitCode = z.strictObject({ code: z.int().min(0).max(255), ...described });
const limit = z.strictObject({ value: z.int().min(1), ...described });

const ingestColumn = z.strictObject({
  name: text,
  type: text.describe("Spark SQL type; a struct has the raw columns of its dataset as texts"),
  comment: text,
  personal: z.boolean().describe("Whether it may hold anything about a person"),
  in_quarantine: z.boolean().describe("Whether refused rows keep it"),
});

const schema = z.strictObject({
  zones: z.strictObject({
    raw: zone,
    staged: zone,
    curated: zone,
    quarantine: zone,
    marts: zone,
    runs: zone,
    published: zone,
  }),
  streams: z.strictObject({
    archive: folder,
    decisions: folder,
    ledger: folder,
    state: folder,
    live: folder,
  }),
  partitions: z.strictObject({ run_date: partition, run: partition, step: partition }),
  pointers: z.strictObject({ published: pointer, release: pointer }),
  release: z.strictObject({ jobs: named, releases: named, dags: named, manifest: named }),
  jobs: z.strictObject({
    ingest: job,
    curate: job,
    marts: job,
    pipeline: job,
    maintain: job,
    generate: job,
    infer: job,
    stream: job,
    verify: job,
    index: job,
  }),
  records: z.strictObject({
    ingest: named,
    raw_files: named,
    archive: named,
    curate: named,
    results: named,
    maintenance: named,
  }),
  ingest_columns: z.strictObject({
    raw: ingestColumn,
    line: ingestColumn,
    source_file: ingestColumn,
    arrived_at: ingestColumn,
    reasons: ingestColumn,
    verdict: ingestColumn,
  }),
  reasons: z.strictObject({ malformed: z.strictObject({ code: text, ...described }) }),
  exit_codes: z.strictObject({
    ok: exitCode,
    failed: exitCode,
    wrong_arguments: exitCode,
    rejected: exitCode,
    incomplete: exitCode,
    taken_over: exitCode,
    interrupted: exitCode,
  }),
  limits: z.strictObject({ dataset_columns: limit, comment_bytes: limit }),
  patterns: z.strictObject({ table_name: z.strictObject({ pattern: text, ...described }) }),
});

/**
 * What several places of the platform must write alike: folders, files, columns, exit codes and limits, as
 * `platform-layout.json` has them. Python reads the modules that `npm run generate` writes from it.
 */
export const layout = parse();

function parse(): z.output<typeof schema> {
  const { data, error } = schema.safeParse(document);
  if (data !== undefined) return data;
  const problems = error.issues.map(
    ({ path, message }) => `contracts/platform-layout.json: ${path.join(".")}: ${message}`,
  );
  throw new Failure(problems.join("\n"), "correct the file; what has to be there is in contracts/layout.ts");
}

/** A zone of the data bucket. */
export type ZoneName = keyof typeof layout.zones;

/** Every zone of the data bucket, in the order of `platform-layout.json`. */
export const zones = Object.values(layout.zones);

/** Returns the beginning of the keys of a zone: `raw/`. */
export function prefixOf(zone: ZoneName): string {
  return `${layout.zones[zone].folder}/`;
}

/** Returns the name of the folder of one partition: `run=<value>`. */
export function partitionFolder(partition: keyof typeof layout.partitions, value: string): string {
  return `${layout.partitions[partition].key}=${value}`;
}

/** Returns the key of a record of a run below the lake's root: `runs/run=<id>/results.json`. */
export function recordKey(run: string, record: keyof typeof layout.records): string {
  return `${prefixOf("runs")}${partitionFolder("run", run)}/${layout.records[record].name}`;
}

/** Names of the steps of a run, in their order. */
export const steps = Object.values(layout.jobs)
  .filter(({ is_step }) => is_step)
  .map(({ name }) => name);

/** Columns that ingest adds to refused rows, in the order of their tables. */
export const quarantineColumns = Object.values(layout.ingest_columns).filter(
  ({ in_quarantine }) => in_quarantine,
);

type ExitCode = keyof typeof layout.exit_codes;

/** Exit codes of jobs and commands, by what they mean. */
export const exitCodes = Object.fromEntries(
  Object.entries(layout.exit_codes).map(([name, { code }]) => [name, code]),
) as Readonly<Record<ExitCode, number>>;
