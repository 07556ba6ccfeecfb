import { compiledJsonSchema } from "../../contracts/compiler/compiled";
import { runResultsJsonSchema } from "../../contracts/run-results";
import { reviewJsonSchema } from "../../review/schema";
import { factsJsonSchema } from "../../stacks/facts";
import { layoutConstants } from "./layout-constants";
import { constantsModule } from "./python-constants";
import { className, dataclassModule } from "./python-dataclasses";

/** What the layout's constants come from. */
const LAYOUT = "contracts/platform-layout.json and cli/generate/layout-constants.ts";

/** Every generated file that other languages read, by its path in the repository; each returns its content. */
export const generatedFiles: Readonly<Record<string, () => string>> = {
  "contracts/compiled.schema.json": () => json(compiledJsonSchema()),
  "contracts/run-results.schema.json": () => json(runResultsJsonSchema()),
  "stacks/facts.schema.json": () => json(factsJsonSchema()),
  "review/review.schema.json": () => json(reviewJsonSchema()),
  "etl/model/compiled.py": () =>
    dataclassModule({
      summary: "What compiled contracts are made of.",
      source: "contracts/compiler/compiled.ts",
      style: { keywordOnly: false, array: "tuple", mapping: "Mapping", choice: "str" },
      schemas: compiledJsonSchema().$defs,
      outermost: false,
    }),
  "etl/model/layout.py": () =>
    constantsModule({
      summary: "Names of folders, files and columns that the jobs share with the rest of the platform.",
      source: LAYOUT,
      constants: layoutConstants([
        "RAW_ZONE",
        "STAGED_ZONE",
        "CURATED_ZONE",
        "QUARANTINE_ZONE",
        "MARTS_ZONE",
        "RUNS_ZONE",
        "RUN_DATE_KEY",
        "RUN_KEY",
        "STEP_KEY",
        "PUBLISHED_POINTER",
        "INGEST_JOB",
        "CURATE_JOB",
        "MARTS_JOB",
        "PIPELINE_JOB",
        "MAINTAIN_JOB",
        "GENERATE_JOB",
        "INFER_JOB",
        "STREAM_JOB",
        "VERIFY_JOB",
        "INDEX_JOB",
        "STREAM_ARCHIVE_FOLDER",
        "STREAM_DECISIONS_FOLDER",
        "STREAM_LEDGER_FOLDER",
        "STREAM_STATE_FOLDER",
        "STREAM_LIVE_FOLDER",
        "ARCHIVE_RECORD",
        "RESULTS_RECORD",
        "RESULTS_VERSION",
        "INGEST_RECORD",
        "RAW_FILES_RECORD",
        "MAINTENANCE_RECORD",
        "RAW_COLUMN",
        "LINE_COLUMN",
        "SOURCE_FILE_COLUMN",
        "ARRIVED_AT_COLUMN",
        "REASONS_COLUMN",
        "VERDICT_COLUMN",
        "QUARANTINE_COLUMNS",
        "COMPILED_VERSION",
        "MALFORMED_REASON",
        "EXIT_OK",
        "EXIT_FAILED",
        "EXIT_REJECTED",
        "EXIT_INCOMPLETE",
        "EXIT_TAKEN_OVER",
        "MOST_DATASET_COLUMNS",
      ]),
    }),
  "dags/platform_dag/fact_types.py": () =>
    dataclassModule({
      summary: "Classes of the facts that the stacks publish.",
      source: "stacks/*/facts.ts",
      style: { keywordOnly: true, array: "list", mapping: "dict", choice: "Literal" },
      schemas: Object.fromEntries(
        Object.entries(factsJsonSchema().$defs).map(([stack, schema]) => [className(stack), schema]),
      ),
    }),
  "dags/platform_dag/layout.py": () =>
    constantsModule({
      summary: "Names of folders and files that the DAGs share with the rest of the platform.",
      source: LAYOUT,
      constants: layoutConstants([
        "RAW_ZONE",
        "CURATED_ZONE",
        "RUNS_ZONE",
        "RUN_DATE_KEY",
        "RUN_KEY",
        "RELEASE_POINTER",
        "INGEST_JOB",
        "MAINTAIN_JOB",
        "RAW_FILES_RECORD",
        "RESULTS_RECORD",
        "MAINTENANCE_RECORD",
      ]),
    }),
  "packages/platform_metadata/platform_metadata/layout.py": () =>
    constantsModule({
      summary: "Names of folders that the metadata store shares with the rest of the platform.",
      source: LAYOUT,
      constants: layoutConstants([
        "RAW_ZONE",
        "RUN_DATE_KEY",
        "TABLE_NAME_PATTERN",
        "RESULTS_VERSION",
        "STORE_USER",
      ]),
    }),
};

function json(document: object): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}
