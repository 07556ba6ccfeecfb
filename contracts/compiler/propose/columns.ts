import type { ColumnEvidence, DatasetEvidence } from "./evidence";

/** The logical type of the standard and its options, by Spark type. */
function logicalOf(type: string): { readonly logicalType: string; readonly format?: string } {
  if (type.startsWith("decimal") || type === "double") return { logicalType: "number" };
  const integers: Readonly<Record<string, string>> = { smallint: "i16", int: "i32", bigint: "i64" };
  const format = integers[type];
  return format === undefined ? { logicalType: type } : { logicalType: "integer", format };
}

function isNumber(logicalType: string): boolean {
  return ["integer", "number"].includes(logicalType);
}

/** A column of a contract, from what was seen of it. */
export function proposeColumn(column: ColumnEvidence, dataset: DatasetEvidence): object {
  const { name, physical_name, type, required, personal } = column;
  const { logicalType } = logicalOf(type);
  const options = optionsOf(column);
  const position = dataset.key.indexOf(name);
  const reference = dataset.references.find((found) => found.column === name && found.proposed);
  return {
    name,
    ...(physical_name === name ? {} : { physicalName: physical_name }),
    logicalType,
    ...(Object.keys(options).length > 0 ? { logicalTypeOptions: options } : {}),
    physicalType: type.toUpperCase(),
    required,
    ...(position < 0 ? {} : { primaryKey: true, primaryKeyPosition: position + 1 }),
    ...(dataset.key.length === 1 && position === 0 ? { unique: true } : {}),
    ...(dataset.partition_by?.column === name ? { partitioned: true, partitionKeyPosition: 1 } : {}),
    ...(personal ? { tags: ["personal-data"] } : {}),
    ...customProperties(column, logicalType),
    ...(reference
      ? { relationships: [{ type: "foreignKey", to: `${reference.dataset}.${reference.key}` }] }
      : {}),
    ...(column.values.length > 0 ? { quality: [listed(column)] } : {}),
  };
}

function optionsOf({ type, format, bounds, pattern }: ColumnEvidence): object {
  const { logicalType, format: size = null } = logicalOf(type);
  const written = isNumber(logicalType) ? size : format;
  return {
    ...(written === null ? {} : { format: written }),
    ...bounds,
    ...(pattern === null ? {} : { pattern }),
  };
}

function customProperties({ missing_values, format }: ColumnEvidence, logicalType: string): object {
  const properties = [
    ...(missing_values.length > 0 ? [{ property: "missingValues", value: missing_values }] : []),
    ...(format !== null && isNumber(logicalType) ? [{ property: "numberFormat", value: format }] : []),
  ];
  return properties.length > 0 ? { customProperties: properties } : {};
}

/** The column that names rows by their texts, where nothing else does. Equal rows stay: each has a number of its own. */
export function digestColumn(taken: readonly string[]): { readonly name: string } {
  const free =
    ["row_id", "row_digest", "content_digest"].find((name) => !taken.includes(name)) ?? "row_id_of_content";
  return {
    name: free,
    description:
      "Names a row that has no key: SHA-256 of its texts and its number among equal rows of the batch.",
    logicalType: "string",
    physicalType: "STRING",
    required: true,
    unique: true,
    primaryKey: true,
    primaryKeyPosition: 1,
    customProperties: [{ property: "derivedFrom", value: "occurrence" }],
  } as { readonly name: string };
}

function listed({ name, values }: ColumnEvidence): object {
  return {
    name: `${name}.allowed`,
    metric: "invalidValues",
    arguments: { validValues: values },
    mustBeLessOrEqualTo: 2,
    unit: "percent",
    dimension: "conformity",
    severity: "warning",
  };
}
