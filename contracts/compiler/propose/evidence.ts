import type { CompiledPartition, CompiledRaw } from "../compiled";

/** What the job `infer` saw of some files; written by `etl/inference/infer.py`. */
export interface Evidence {
  readonly schema_version: 1;
  readonly datasets: readonly DatasetEvidence[];
  /** Datasets that could not be looked at. */
  readonly left_out: readonly { readonly name: string; readonly reason: string }[];
}

export interface DatasetEvidence {
  readonly name: string;
  readonly raw: CompiledRaw;
  readonly files: {
    readonly read: number;
    readonly refused: readonly { readonly path: string; readonly reason: string }[];
  };
  /** Whether anything below the first row of CSV files says that it is their header, or that it is none. */
  readonly is_header_evident: boolean;
  /** All rows, those that could not be cut into columns included. */
  readonly rows: number;
  readonly malformed: number;
  /** Rows that say the same as another. */
  readonly copies: number;
  /** Empty when no few columns name a row. */
  readonly key: readonly string[];
  /** Why these columns; empty when there are none. */
  readonly key_reason: string;
  /** Other columns with about as many values as there are rows. */
  readonly other_keys: readonly string[];
  /** Columns with about as many values as there are rows, which measure something and name nothing. */
  readonly measures: readonly string[];
  readonly version_column: string | null;
  readonly partition_by: CompiledPartition | null;
  readonly columns: readonly ColumnEvidence[];
  readonly references: readonly ReferenceEvidence[];
}

export interface ColumnEvidence {
  readonly name: string;
  readonly physical_name: string;
  /** Spark SQL type in lower case. */
  readonly type: string;
  readonly format: string | null;
  readonly required: boolean;
  readonly personal: boolean;
  readonly missing_values: readonly string[];
  readonly pattern: string | null;
  /** `minimum`, `maximum`, `maxLength`: wider than what was seen. */
  readonly bounds: Readonly<Record<string, string | number>>;
  /** The list of values, of texts that have few. */
  readonly values: readonly string[];
  readonly missing: number;
  /** Texts that are not of the type. */
  readonly unreadable: number;
  readonly distinct: number;
  /** The smallest value, or the length of the shortest text; null where there is none, or it may be personal. */
  readonly low: string | null;
  readonly high: string | null;
  readonly notes: readonly string[];
}

/** A column that may be the key of another dataset. */
export interface ReferenceEvidence {
  readonly column: string;
  readonly dataset: string;
  /** The one key column of that dataset. */
  readonly key: string;
  readonly reason: string;
  /** Whether the contract has it: there is a reason, and every value is a key. */
  readonly proposed: boolean;
  readonly values: number;
  readonly unknown: number;
}
