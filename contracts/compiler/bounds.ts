import type { CompiledRule } from "./compiled";
import type { Place } from "./place";

const names = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"] as const;
const snake = {
  minimum: "minimum",
  maximum: "maximum",
  exclusiveMinimum: "exclusive_minimum",
  exclusiveMaximum: "exclusive_maximum",
};

/** Largest absolute value by type. Source: Spark 3.5.4 documentation, "Data Types". */
const limits: Readonly<Record<string, bigint>> = { smallint: 2n ** 15n, int: 2n ** 31n, bigint: 2n ** 63n };

/**
 * The params of the rule `range`: the bounds as text that Spark casts to the column's type without loss.
 *
 * @param type the column's Spark type
 * @returns undefined when the column has no bounds
 */
export function rangeParams(options: Place, type: string): CompiledRule["params"] | undefined {
  const present = names.filter((name) => options.at(name).value !== undefined);
  if (present.length === 0) return undefined;
  const params: Record<string, string> = {};
  for (const name of present) {
    const bound = options.at(name);
    if (!fits(bound.value, type)) bound.refuse(`is not a value of ${type}`, example(type));
    params[snake[name]] = String(bound.value);
  }
  refuseEmpty(options, type);
  return params;
}

/** The params of the rule `length`; undefined when the column has no limits of length. */
export function lengthParams(options: Place): CompiledRule["params"] | undefined {
  const minimum = options.at("minLength").value as number | undefined;
  const maximum = options.at("maxLength").value as number | undefined;
  if (minimum === undefined && maximum === undefined) return undefined;
  if (minimum !== undefined && maximum !== undefined && minimum > maximum)
    options.at("minLength").refuse("is above maxLength", `use at most ${maximum}`);
  return { ...(minimum === undefined ? {} : { minimum }), ...(maximum === undefined ? {} : { maximum }) };
}

/** The params of the rule `pattern`; undefined when the column has none. */
export function patternParams(options: Place): CompiledRule["params"] | undefined {
  const place = options.at("pattern");
  if (place.value === undefined) return undefined;
  const pattern = String(place.value);
  try {
    new RegExp(pattern);
  } catch (error) {
    place.refuse(`is not a regular expression: ${(error as Error).message}`, "correct it");
  }
  return { pattern };
}

function refuseEmpty(options: Place, type: string): void {
  const lower =
    options.at("minimum").value === undefined ? options.at("exclusiveMinimum") : options.at("minimum");
  const upper =
    options.at("maximum").value === undefined ? options.at("exclusiveMaximum") : options.at("maximum");
  const [low, high] = [lower.value, upper.value];
  if (low === undefined || high === undefined || !fits(low, type) || !fits(high, type)) return;
  if ((low as number | string) > (high as number | string))
    lower.refuse(`is above the upper bound ${high}`, "swap the two");
}

function fits(value: unknown, type: string): boolean {
  if (type === "date") return typeof value === "string" && /^\d{4}-\d\d-\d\d$/.test(value) && isMoment(value);
  if (type === "timestamp")
    return (
      typeof value === "string" &&
      /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(value) &&
      isMoment(value.replace(" ", "T"))
    );
  if (typeof value !== "number" || !Number.isFinite(value)) return false;
  const limit = limits[type];
  if (limit !== undefined) return Number.isSafeInteger(value) && BigInt(Math.abs(value)) < limit;
  const [, precision, scale] = /^decimal\((\d+),(\d+)\)$/.exec(type) ?? [];
  if (precision === undefined) return true;
  if (value === 0) return true;
  const [whole = "", fraction = ""] = String(Math.abs(value)).replace(/^0\./, ".").split(".");
  return (
    whole.length <= Number(precision) - Number(scale) &&
    fraction.length <= Number(scale) &&
    !whole.includes("e")
  );
}

/** A day of the calendar: JavaScript reads 30 February as a day in March. */
function isMoment(text: string): boolean {
  const moment = new Date(text.length === 10 ? text : `${text}Z`);
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(text);
}

function example(type: string): string {
  if (type === "date") return 'write it as "2015-01-31"';
  if (type === "timestamp") return 'write it as "2015-01-31 00:00:00"';
  return "write a number that the column can hold";
}
