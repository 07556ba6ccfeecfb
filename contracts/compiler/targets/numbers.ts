import type { JsonSchema } from "../../json-schema";
import type { CompiledColumn } from "../compiled";

const WHOLE = "(0|[1-9][0-9]*)";

/** Texts that the jobs read as a number; `etl/rules/casts.py` has the same forms. */
const INTEGER = "^(0|-?[1-9][0-9]*)$";
const DOUBLE = `^[+-]?(${WHOLE}(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+)?$`;

/** Digits before the point that a number of JavaScript always holds exactly. */
const SURE_DIGITS = 15;

/** Smallest and largest values of the types that JSON's numbers hold exactly; those of BIGINT are not among them. */
const ENDS: Readonly<Record<string, readonly [JsonSchema, JsonSchema]>> = {
  smallint: [{ minimum: -(2 ** 15) }, { maximum: 2 ** 15 - 1 }],
  int: [{ minimum: -(2 ** 31) }, { maximum: 2 ** 31 - 1 }],
};

/** Returns the schemas of a number: as one of JSON, which has bounds, and as a text, whose form alone is checked. */
export function numberSchemas(column: CompiledColumn): JsonSchema[] {
  const [, precision, scale] = /^decimal\((\d+),(\d+)\)$/.exec(column.type) ?? [];
  if (precision !== undefined) {
    const [digits, places] = [Number(precision) - Number(scale), Number(scale)];
    const number = { type: "number", ...boundsOf(column, decimalEnds(digits)) };
    return [number, { type: "string", pattern: decimalPattern(digits, places) }];
  }
  const isDouble = column.type === "double";
  const number = {
    type: isDouble ? "number" : "integer",
    ...boundsOf(column, ENDS[column.type] ?? [{}, {}]),
  };
  return [number, { type: "string", pattern: isDouble ? DOUBLE : INTEGER }];
}

function decimalEnds(digits: number): readonly [JsonSchema, JsonSchema] {
  const end = 10 ** digits;
  return digits > SURE_DIGITS ? [{}, {}] : [{ exclusiveMinimum: -end }, { exclusiveMaximum: end }];
}

function decimalPattern(digits: number, places: number): string {
  const fraction = places > 0 ? `(\\.[0-9]{1,${places}}0*)?` : "(\\.0+)?";
  const whole = digits > 0 ? `(0|[1-9][0-9]{0,${digits - 1}})` : "0";
  return `^[+-]?${whole}${fraction}$`;
}

/** The keywords of JSON Schema by the names of the rule `range`. */
const KEYWORDS: Readonly<Record<string, string>> = {
  minimum: "minimum",
  maximum: "maximum",
  exclusive_minimum: "exclusiveMinimum",
  exclusive_maximum: "exclusiveMaximum",
};

function boundsOf(column: CompiledColumn, [least, most]: readonly [JsonSchema, JsonSchema]): JsonSchema {
  const params = column.rules.find(({ kind }) => kind === "range")?.params ?? {};
  const own = Object.entries(params).map(([name, bound]) => [KEYWORDS[name] ?? name, Number(bound)]);
  const has = (side: string) => Object.keys(params).some((name) => name.endsWith(side));
  return { ...(has("minimum") ? {} : least), ...(has("maximum") ? {} : most), ...Object.fromEntries(own) };
}
