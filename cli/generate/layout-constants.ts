import { COMPILED_VERSION } from "../../contracts/compiler/compiled";
import { layout, quarantineColumns } from "../../contracts/layout";
import { RESULTS_VERSION } from "../../contracts/run-results";
import { storeUser } from "../../policies/airflow";
import type { Constant } from "./python-constants";

/** Every constant of the layout, by the name that it has in Python. */
const constants: Readonly<Record<string, Constant>> = {
  ...named("", layout.zones, "_ZONE", ({ folder }) => folder),
  ...named("STREAM_", layout.streams, "_FOLDER", ({ folder }) => folder),
  ...named("", layout.partitions, "_KEY", ({ key }) => key),
  ...named("", layout.pointers, "_POINTER", ({ key }) => key),
  ...named("", layout.jobs, "_JOB", ({ name }) => name),
  ...named("", layout.records, "_RECORD", ({ name }) => name),
  COMPILED_VERSION: {
    value: COMPILED_VERSION,
    description: "Version of the shape of compiled contracts",
  },
  RESULTS_VERSION: { value: RESULTS_VERSION, description: "Version of the shape of a run's results" },
  ...named(
    "",
    Object.fromEntries(
      Object.entries(layout.ingest_columns).map(([key, { name, comment }]) => [
        key,
        { name, description: `Column that ingest adds. ${comment}` },
      ]),
    ),
    "_COLUMN",
    ({ name }) => name,
  ),
  STORE_USER: {
    value: storeUser,
    description: "Database user of the metadata store that DAGs log in as with an IAM token",
  },
  QUARANTINE_COLUMNS: {
    value: quarantineColumns.map(({ name, type }) => [name, type]),
    description: "Columns that ingest adds to refused rows, each a name and a type",
  },
  ...named("", layout.reasons, "_REASON", ({ code }) => code),
  ...named("EXIT_", layout.exit_codes, "", ({ code }) => code),
  ...named("MOST_", layout.limits, "", ({ value }) => value),
  ...named("", layout.patterns, "_PATTERN", ({ pattern }) => pattern),
};

/**
 * Returns the constants of these names.
 * @throws Error naming one that the layout does not have
 */
export function layoutConstants(names: readonly string[]): Record<string, Constant> {
  return Object.fromEntries(
    names.map((name) => {
      const constant = constants[name];
      if (constant === undefined)
        throw new Error(
          `${name} is not a constant of the layout: use one of ${Object.keys(constants).join(", ")}`,
        );
      return [name, constant];
    }),
  );
}

function named<Entry extends { readonly description: string }>(
  prefix: string,
  entries: Readonly<Record<string, Entry>>,
  suffix: string,
  select: (entry: Entry) => string | number,
): Record<string, Constant> {
  return Object.fromEntries(
    Object.entries(entries).map(([key, entry]) => [
      `${prefix}${key.toUpperCase()}${suffix}`,
      { value: select(entry), description: entry.description },
    ]),
  );
}
