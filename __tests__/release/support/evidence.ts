import type { ColumnEvidence, DatasetEvidence } from "../../../contracts/compiler/propose";

/** A column that was never missing. */
export function seenColumn(name: string, type: string, more: Partial<ColumnEvidence> = {}): ColumnEvidence {
  return {
    ...{ name, physical_name: name, type, format: null, required: true, personal: false },
    ...{ missing_values: [], pattern: null, bounds: {}, values: [], missing: 0, unreadable: 0 },
    ...{ distinct: 100, low: null, high: null, notes: [] },
    ...more,
  };
}

/** Trips of a hundred rows. */
export const trips: DatasetEvidence = {
  name: "trips",
  raw: { format: "csv", delimiter: ";", header: true, encoding: "UTF-8", multiline: false },
  files: { read: 2, refused: [{ path: "file:/data/trips-3.csv", reason: "the file is empty" }] },
  is_header_evident: true,
  rows: 12_345,
  malformed: 1,
  copies: 2,
  key: ["trip_id"],
  key_reason: "called as what names a row here",
  other_keys: ["code"],
  measures: ["price"],
  version_column: "updated_at",
  partition_by: { column: "left_on", transform: "month" },
  columns: [
    seenColumn("trip_id", "bigint", {
      low: "1",
      high: "99",
      distinct: 12_000,
      bounds: { minimum: 0, maximum: 200 },
    }),
    seenColumn("code", "string", {
      physical_name: "Code no.",
      low: "3",
      high: "8",
      bounds: { maxLength: 20 },
    }),
    seenColumn("e_mail", "string", { personal: true, pattern: "^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$" }),
    seenColumn("kind", "string", { values: ["NO", "on", "yes"], distinct: 3, low: "2", high: "3" }),
    seenColumn("price", "decimal(18,2)", {
      ...{
        required: false,
        missing: 7,
        missing_values: ["NA", "-"],
        low: "0.50",
        high: "9.00",
        unreadable: 1,
      },
      bounds: { minimum: 0, maximum: 20 },
    }),
    seenColumn("left_on", "date", { format: "dd/MM/yyyy", bounds: { minimum: "2013-01-01" } }),
    seenColumn("car", "bigint"),
    seenColumn("updated_at", "timestamp", { format: "yyyy-MM-dd'T'HH:mm:ss'Z'" }),
  ],
  references: [
    {
      ...{ column: "car", dataset: "cars", key: "car", reason: "called after it", proposed: true },
      ...{ values: 12_345, unknown: 0 },
    },
  ],
};

/** Cars, of which two columns name one. */
export const cars: DatasetEvidence = {
  ...trips,
  ...{
    name: "cars",
    key: ["car"],
    other_keys: [],
    measures: [],
    version_column: null,
    partition_by: null,
    references: [],
  },
  columns: [
    seenColumn("car", "bigint"),
    seenColumn("seats", "int", { low: "2", high: "2", notes: ["a note"] }),
  ],
};
