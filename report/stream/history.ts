import type { LedgerEntry, StreamComparison, TrafficAccount } from "../../contracts/stream-ledger";

/** What is known of a stream in a period. */
export interface StreamHistory {
  /** Entries of all datasets, each dataset's in their order; at least one. */
  readonly entries: readonly LedgerEntry[];
  /** Undefined when it was not the generator that sent the records. */
  readonly account: TrafficAccount | undefined;
  /** Days that were compared with their batch, the first one first. */
  readonly comparisons: readonly StreamComparison[];
}

/** Names of the datasets that have entries, sorted. */
export function datasetsOf({ entries }: StreamHistory): readonly string[] {
  return [...new Set(entries.map(({ dataset }) => dataset))].sort();
}

/** What happened to the records of some entries. */
export function sumCounts(entries: readonly LedgerEntry[]): LedgerEntry["counts"] {
  const sum = (key: keyof LedgerEntry["counts"]) =>
    entries.reduce((total, { counts }) => total + counts[key], 0);
  return {
    read: sum("read"),
    inserted: sum("inserted"),
    updated: sum("updated"),
    superseded: sum("superseded"),
    quarantined: sum("quarantined"),
  };
}
