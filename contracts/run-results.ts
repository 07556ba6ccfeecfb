import { z } from "zod";
import { type Immutable, type JsonSchema, jsonSchemaOf } from "./json-schema";
import { DIMENSIONS, SEVERITIES } from "./quality";

/** Version of the shape of a run's results. */
export const RESULTS_VERSION = "1.0.0";

const name = z.string().min(1).meta({ id: "name" });
const count = z.int().min(0).meta({ id: "count" });
/** UTC, ISO 8601. */
const instant = z.string().regex(/Z$/).meta({ id: "instant", format: "date-time" });
const orNull = <Type extends z.ZodType>(type: Type) => z.union([type, z.null()]);

const stage = z
  .strictObject({ name, seconds: z.number().min(0), rows_in: count, rows_out: count })
  .meta({ id: "stage" });

const example = z.strictObject({ file: name, values: z.record(z.string(), orNull(z.string())) }).meta({
  id: "example",
  description:
    "A quarantined row: its file, its key and the text that broke the rule, null where there was none. Never a column that its contract calls personal, and no text of a line that could not be cut; where a dataset has personal columns, texts that may be anything are masked: a, A and 0 for letters, capitals and digits.",
});

const reason = z.strictObject({
  code: z.string().regex(/^[a-z][a-z0-9_]*\.[a-z_]+$/),
  rows: z.int().min(1),
  examples: z.array(example).max(2).exactOptional(),
});

const check = z
  .strictObject({
    id: name,
    dimension: z.enum(DIMENSIONS),
    column: orNull(z.string()),
    rule: name,
    severity: z.enum(SEVERITIES),
    failed_rows: orNull(z.int().min(0)),
    threshold: orNull(z.number().min(0).max(1)),
    passed: z.boolean(),
  })
  .meta({
    id: "check",
    description:
      "One rule of the contract. Row rules: failed_rows of rows read, threshold is the largest allowed share. Dataset rules (freshness, volume): failed_rows is null and so is the threshold.",
  });

const dispositions = z
  .strictObject({ read: count, inserted: count, updated: count, superseded: count, quarantined: count })
  .describe("read = inserted + updated + superseded + quarantined.");

const dataset = z
  .strictObject({
    name,
    contract_version: z.string().regex(/^\d+\.\d+\.\d+$/),
    renamed: z
      .record(z.string(), name)
      .describe("Columns that have another name in the raw files, and that name.")
      .exactOptional(),
    files: z.strictObject({
      read: count,
      refused: z.array(z.strictObject({ path: name, reason: name })),
    }),
    dispositions,
    reasons: z
      .array(reason)
      .describe("Quarantined rows by reason code, most rows first. A row with two reasons counts in both."),
    checks: z.array(check),
  })
  .meta({ id: "dataset" });

const bin = z.strictObject({
  from: z.union([z.number(), z.string()]).exactOptional(),
  to: z.union([z.number(), z.string()]).exactOptional(),
  label: z.string().exactOptional(),
  rows: count,
});

const distribution = z
  .strictObject({
    dataset: name,
    column: name,
    kind: z.enum(["histogram", "categories", "timeline"]),
    bins: z.array(bin),
  })
  .meta({
    id: "distribution",
    description:
      "histogram: numbers in from/to; timeline: days or months (YYYY-MM-DD) in from/to; categories: label. from is in the bin, to is not.",
  });

const cell = z.union([z.string(), z.number(), z.boolean(), z.null()]);

const mart = z
  .strictObject({
    name,
    rows: count,
    columns: z.array(name).min(1),
    sources: z
      .record(z.string(), z.array(name))
      .describe(
        "What each column of the mart is made of: curated columns, dataset.column, or a dataset whose rows are counted.",
      )
      .exactOptional(),
    sample: z
      .array(z.array(cell))
      .max(400)
      .describe(
        "At most 400 rows in the order of columns; aggregated from the mart so that it can be plotted whole. Decimals are numbers, dates are YYYY-MM-DD.",
      ),
  })
  .meta({ id: "mart" });

const tableSize = z.strictObject({ rows: count, files: count, bytes: count });

const table = z
  .strictObject({
    name,
    ...tableSize.shape,
    before: orNull(tableSize)
      .describe("What the table was before the run; null for a table that the run made.")
      .exactOptional(),
    location: name,
  })
  .meta({ id: "table" });

const runResults = z
  .strictObject({
    schema_version: z.literal(RESULTS_VERSION),
    run_id: name,
    run_date: z.string().meta({ format: "date" }),
    release: z.string().min(1).describe('The release the jobs came from; "local" outside a release.'),
    started_at: instant,
    finished_at: instant,
    outcome: z.enum(["published", "rejected"]),
    stages: z.array(stage),
    left_out: z
      .array(z.strictObject({ dataset: name, reason: name }))
      .describe("Datasets of the input that are in no other part of the results.")
      .exactOptional(),
    datasets: z.array(dataset),
    audit: z.strictObject({ passed: z.boolean(), violations: z.array(z.string().min(1)) }),
    distributions: z.array(distribution),
    marts: z.array(mart),
    tables: z.array(table),
    planted: orNull(z.record(z.string(), z.unknown())).describe(
      "What the generator planted in this batch, when the batch is synthetic: the generator's planted.json as it is.",
    ),
  })
  .describe(
    "What a pipeline run read, decided and wrote: runs/run=<id>/results.json. Written by the last job of the run, or by the job whose audit rejected the run.",
  );

/** The results of a run; `run-results.schema.json` describes them to Python. */
export type RunResults = Immutable<z.infer<typeof runResults>>;
export type Stage = Immutable<z.infer<typeof stage>>;
export type Dataset = Immutable<z.infer<typeof dataset>>;
export type Reason = Immutable<z.infer<typeof reason>>;
export type Example = Immutable<z.infer<typeof example>>;
export type Dispositions = Immutable<z.infer<typeof dispositions>>;
export type Check = Immutable<z.infer<typeof check>>;
export type Distribution = Immutable<z.infer<typeof distribution>>;
export type Bin = Immutable<z.infer<typeof bin>>;
export type Cell = z.infer<typeof cell>;
export type Mart = Immutable<z.infer<typeof mart>>;
export type TableSize = Immutable<z.infer<typeof tableSize>>;
export type StoredTable = Immutable<z.infer<typeof table>>;

/** Returns the JSON Schema (draft 2020-12) of a run's results. */
export function runResultsJsonSchema(): JsonSchema {
  const { $schema, ...schema } = jsonSchemaOf(runResults);
  return { $schema, $id: `results-${RESULTS_VERSION}`, title: "Results of one run", ...schema };
}
