/** The results of a run, as etl/results.schema.json describes them. */
export interface RunResults extends RunFacts, RunData {
  readonly schema_version: "1.0.0";
}

export interface RunFacts {
  readonly run_id: string;
  /** The day whose batch was read, YYYY-MM-DD. */
  readonly run_date: string;
  readonly release: string;
  /** UTC, ISO 8601. */
  readonly started_at: string;
  readonly finished_at: string;
  readonly outcome: "published" | "rejected";
}

export interface RunData {
  readonly stages: readonly Stage[];
  readonly datasets: readonly Dataset[];
  readonly audit: { readonly passed: boolean; readonly violations: readonly string[] };
  readonly distributions: readonly Distribution[];
  readonly marts: readonly Mart[];
  readonly tables: readonly StoredTable[];
  /** What the generator planted, when the batch is synthetic. */
  readonly planted: Readonly<Record<string, unknown>> | null;
}

export interface Stage {
  readonly name: string;
  readonly seconds: number;
  readonly rows_in: number;
  readonly rows_out: number;
}

export interface Dataset {
  readonly name: string;
  readonly contract_version: string;
  /** Columns that have another name in the raw files, and that name. @default none has */
  readonly renamed?: Readonly<Record<string, string>>;
  readonly files: {
    readonly read: number;
    readonly refused: readonly { readonly path: string; readonly reason: string }[];
  };
  readonly dispositions: Dispositions;
  /** Quarantined rows by reason; a row with two reasons counts in both. */
  readonly reasons: readonly Reason[];
  readonly checks: readonly Check[];
}

export interface Reason {
  readonly code: string;
  readonly rows: number;
  /** Some of the rows, without what is personal. @default none are shown */
  readonly examples?: readonly Example[];
}

/** A quarantined row: its key and the text that broke the rule, null where there was none. */
export interface Example {
  readonly file: string;
  readonly values: Readonly<Record<string, string | null>>;
}

/** Every row read ends in exactly one of the four. */
export interface Dispositions {
  readonly read: number;
  readonly inserted: number;
  readonly updated: number;
  readonly superseded: number;
  readonly quarantined: number;
}

export interface Check {
  readonly id: string;
  readonly dimension: string;
  readonly column: string | null;
  readonly rule: string;
  readonly severity: "error" | "warning";
  /** Null for the rules of a whole dataset. */
  readonly failed_rows: number | null;
  /** The largest share of rows that may fail, 0 to 1. */
  readonly threshold: number | null;
  readonly passed: boolean;
}

export interface Distribution {
  readonly dataset: string;
  readonly column: string;
  readonly kind: "histogram" | "categories" | "timeline";
  readonly bins: readonly Bin[];
}

/** `from` is in the bin, `to` is not: numbers in a histogram, days in a timeline. */
export interface Bin {
  readonly from?: number | string;
  readonly to?: number | string;
  readonly label?: string;
  readonly rows: number;
}

export type Cell = string | number | boolean | null;

export interface Mart {
  readonly name: string;
  readonly rows: number;
  readonly columns: readonly string[];
  /**
   * What each column of the mart is made of: curated columns, `dataset.column`, or a dataset whose rows are counted.
   * @default not said
   */
  readonly sources?: Readonly<Record<string, readonly string[]>>;
  readonly sample: readonly (readonly Cell[])[];
}

/** What a table holds. */
export interface TableSize {
  readonly rows: number;
  readonly files: number;
  readonly bytes: number;
}

export interface StoredTable extends TableSize {
  readonly name: string;
  /** What it held before the run; null for a new table. @default not told, in results of earlier releases */
  readonly before?: TableSize | null;
  readonly location: string;
}
