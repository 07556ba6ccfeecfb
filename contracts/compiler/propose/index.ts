import { isCollection, type YAMLMap } from "yaml";
import type { CompiledRaw } from "../compiled";
import { digestColumn, proposeColumn } from "./columns";
import { columnComments, datasetComments } from "./comments";
import type { DatasetEvidence } from "./evidence";
import { yamlDocument, yamlText } from "./yaml";

export { copiesOf, headerComment } from "./comments";
export type { ColumnEvidence, DatasetEvidence, Evidence } from "./evidence";

const ofCsv = ["format", "delimiter", "header", "encoding", "multiline"] as const;

/**
 * A data contract from what was seen of a dataset, as YAML with the evidence as comments.
 *
 * @param name of the dataset, and of the file without its extension
 */
export function proposeContract(evidence: DatasetEvidence, name = evidence.name): string {
  const document = yamlDocument(contractOf(evidence, name));
  document.commentBefore = commented(datasetComments(evidence));
  const properties = document.getIn(["schema", 0, "properties"]);
  const columns = isCollection(properties) ? (properties.items as YAMLMap[]) : [];
  for (const node of columns) {
    const seen = evidence.columns.find((column) => column.name === node.get("name"));
    if (seen) node.commentBefore = commented(columnComments(seen, evidence));
  }
  return yamlText(document);
}

function contractOf(evidence: DatasetEvidence, name: string): object {
  const properties = evidence.columns.map((column) => proposeColumn(column, evidence));
  const digest = evidence.key.length > 0 ? [] : [digestColumn(evidence.columns.map((column) => column.name))];
  return {
    apiVersion: "v3.1.0",
    kind: "DataContract",
    id: `data.${name}`,
    name,
    version: "1.0.0",
    status: "draft",
    description: { purpose: `Data of ${name}; say here what it is for.` },
    team: { name: "nobody-yet", description: "Say here who answers for the data." },
    schema: [
      {
        name,
        logicalType: "object",
        physicalType: "file",
        customProperties: customProperties(evidence),
        quality: [volume],
        properties: [...digest, ...properties],
      },
    ],
  };
}

const volume = {
  name: "volume",
  description: "An empty batch is a broken export.",
  metric: "rowCount",
  mustBeGreaterOrEqualTo: 1,
  dimension: "coverage",
  severity: "error",
};

function customProperties({ raw, version_column, partition_by }: DatasetEvidence): object[] {
  return [
    { property: "rawFiles", value: written(raw) },
    ...(version_column ? [{ property: "versionColumn", value: version_column }] : []),
    ...(partition_by ? [{ property: "partitionBy", value: partition_by }] : []),
    { property: "failureThreshold", value: 0.02 },
  ];
}

function written(raw: CompiledRaw): object {
  const names = raw.format === "csv" ? ofCsv : (["format"] as const);
  return Object.fromEntries(names.map((name) => [name, raw[name]]));
}

/** YAML wants a space after the sign that begins a comment. */
function commented(lines: readonly string[]): string {
  return lines.map((line) => ` ${line.replaceAll(/[\s\p{Cc}]+/gu, " ")}`).join("\n");
}
