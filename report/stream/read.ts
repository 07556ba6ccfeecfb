import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { z } from "zod";
import { Failure } from "../../base/failure";
import { layout } from "../../contracts/layout";
import { ledgerEntry, streamComparison, trafficAccount } from "../../contracts/stream-ledger";
import type { StreamHistory } from "./history";

/** Where a stream is, and which part of it is of interest. */
export interface StreamSource {
  /** Root of the lake. */
  readonly lake: string;
  /** The generator's account, which may not be there. */
  readonly account: string;
  /** Entries that were applied before this moment, UTC in ISO 8601, are left out. */
  readonly since: string;
}

/**
 * Reads what is known of a stream since a moment.
 *
 * @returns undefined when nothing was applied since
 * @throws Failure that names the file that is not what it should be
 */
export function readStream({ lake, account, since }: StreamSource): StreamHistory | undefined {
  const ledger = join(lake, layout.streams.ledger.folder);
  const entries = filesIn(ledger).flatMap((dataset) => {
    const names = filesIn(join(ledger, dataset)).filter((name) => /^\d+\.json$/.test(name));
    return entriesSince(
      names.sort().map((name) => join(ledger, dataset, name)),
      since,
    );
  });
  if (entries.length === 0) return undefined;
  const verified = join(lake, layout.streams.state.folder, "verify");
  const days = filesIn(verified).filter((name) => name.endsWith(".json"));
  return {
    entries,
    account: readAccount(account, since),
    comparisons: days.sort().map((name) => parse(join(verified, name), streamComparison)),
  };
}

/** From the last one backwards, up to the first that is too old: a ledger may be long. */
function entriesSince(files: readonly string[], since: string) {
  const found: z.infer<typeof ledgerEntry>[] = [];
  for (const file of [...files].reverse()) {
    const entry = parse(file, ledgerEntry);
    if (Date.parse(entry.applied_at) < Date.parse(since)) break;
    found.push(entry);
  }
  return found.reverse();
}

function filesIn(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}

function parse<Schema extends z.ZodType>(file: string, schema: Schema): z.infer<Schema> {
  const { data, error } = schema.safeParse(readJson(file));
  if (data !== undefined) return data as z.infer<Schema>;
  const problems = error?.issues.map(({ path, message }) => `${file}: ${path.join(".")}: ${message}`) ?? [];
  throw new Failure(problems.join("\n"), "run the release that wrote it, or a later one");
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new Failure(`${file}: cannot be read: ${error instanceof Error ? error.message : error}`);
  }
}

/** Returns the generator's account; undefined where it was not written since a moment, but by an earlier start. */
function readAccount(path: string, since: string): StreamHistory["account"] {
  if (!existsSync(path)) return undefined;
  const account = parse(path, trafficAccount);
  return Date.parse(account.started_at) < Date.parse(since) ? undefined : account;
}
