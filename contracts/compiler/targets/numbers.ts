import type { JsonSchema } from "../../json-schema";
import type { CompiledColumn } from "../compiled";

const WHOLE = "(0|[1-9][0-9]*)";

/** Texts that the jobs read as a number; `etl/rules/casts.py` has the same forms. */
const INTEGER = "^(0|-?[1-9][0-9]*)$";
const DOUBLE = `^[+-]?(${WHOLE}(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+)?$`;

/** Ends of the types that JSON's numbers hold exactly; those of BIGINT are not among them. */
const ENDS: Readonly<Record<string, number>> = { smallint: 2 ** 15, int: 2 ** 31 };

/** Returns the schemas of a number: as one of JSON, which has bounds, and as a text, whose form alone is checked. */
export function numberSchemas(column: CompiledColumn): JsonSchema[] {
  const [, precision, scale] = /^decimal\((\d+),(\d+)\)$/.exec(column.type) ?? [];
  if (precision === undefined) {
    const isDouble = column.type === "double";
    const number = { type: isDouble ? "number" : "integer", ...boundsOf(column) };
    return [number, { type: "string", pattern: isDouble ? DOUBLE : INTEGER }];
  }
  const pattern = decimalPattern(Number(precision), Number(scale));
  return [
    { type: "number", ...boundsOf(column) },
    { type: "string", pattern },
  ];
}

function decimalPattern(precision: number, scale: number): string {
  const fraction = scale > 0 ? `(\\.[0-9]{1,${scale}}0*)?` : "(\\.0+)?";
  const whole = precision > scale ? `(0|[1-9][0-9]{0,${precision - scale - 1}})` : "0";
  return `^[+-]?${whole}${fraction}$`;
}

/** The keywords of JSON Schema by the names of the rule `range`. */
const KEYWORDS: Readonly<Record<string, string>> = {
  minimum: "minimum",
  maximum: "maximum",
  exclusive_minimum: "exclusiveMinimum",
  exclusive_maximum: "exclusiveMaximum",
};

function boundsOf(column: CompiledColumn): JsonSchema {
  const params = column.rules.find(({ kind }) => kind === "range")?.params ?? {};
  const own = Object.entries(params).map(([name, bound]) => [KEYWORDS[name] ?? name, Number(bound)] as const);
  const end = ENDS[column.type];
  const has = (side: string) => own.some(([name]) => name.toLowerCase().includes(side));
  return Object.fromEntries([
    ...(end !== undefined && !has("minimum") ? [["minimum", -end]] : []),
    ...(end !== undefined && !has("maximum") ? [["maximum", end - 1]] : []),
    ...own,
  ]);
}
