import type { JsonSchema } from "../../json-schema";
import type { CompiledColumn, RuleKind } from "../compiled";
import { datetimePattern } from "./datetime-pattern";
import { isPortable } from "./portable-pattern";

/** Formats of the standard that are those of Spark's patterns. Source: JSON Schema 2020-12, "Defined Formats". */
const FORMATS: Readonly<Record<string, string>> = {
  "yyyy-MM-dd": "date",
  "yyyy-MM-dd'T'HH:mm:ss'Z'": "date-time",
  "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'": "date-time",
};

/** Returns the schema of a text, a date or a timestamp. An empty text is a missing value, so one character is the least. */
export function textSchema(column: CompiledColumn): JsonSchema {
  return column.type === "string" ? plainText(column) : datetime(column.format ?? "");
}

function plainText(column: CompiledColumn): JsonSchema {
  const { minimum = 1, maximum } = paramsOf(column, "length");
  const { pattern } = paramsOf(column, "pattern");
  const portable = typeof pattern === "string" && isPortable(pattern);
  return {
    type: "string",
    minLength: Math.max(Number(minimum), 1),
    ...(maximum === undefined ? {} : { maxLength: Number(maximum) }),
    ...(portable ? { pattern } : {}),
    ...(typeof pattern === "string" && !portable
      ? { $comment: `Java's pattern, not checked here: ${pattern}` }
      : {}),
    // The rule `encoding`: what a decoder writes for bytes that are no text.
    ...(column.rules.some(({ kind }) => kind === "encoding") ? { pattern: "^[^\\ufffd]*$" } : {}),
  };
}

function datetime(format: string): JsonSchema {
  const standard = FORMATS[format];
  return {
    type: "string",
    ...(standard === undefined ? {} : { format: standard }),
    pattern: `^${datetimePattern(format)}$`,
  };
}

function paramsOf(column: CompiledColumn, kind: RuleKind): CompiledColumn["rules"][number]["params"] {
  return column.rules.find((rule) => rule.kind === kind)?.params ?? {};
}
