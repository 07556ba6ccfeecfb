import { z } from "zod";

/** A JSON Schema, or a part of one. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** A value that nobody changes, with all that is inside it. */
export type Immutable<Value> = Value extends readonly (infer Item)[]
  ? readonly Immutable<Item>[]
  : Value extends object
    ? { readonly [Key in keyof Value]: Immutable<Value[Key]> }
    : Value;

/** Returns a schema as JSON Schema, draft 2020-12, in the form in which people write it. */
export function jsonSchemaOf(schema: z.ZodType): JsonSchema {
  return simplified(z.toJSONSchema(schema)) as JsonSchema;
}

/**
 * Leaves out what repeats: the type beside a list of values, the largest integer of JavaScript, and that names are
 * texts. A type or null becomes one schema with two types, whose errors name the value and not the alternatives; an object
 * with a title stays whole.
 */
function simplified(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(simplified);
  if (!isSchema(part)) return part;
  const { anyOf, ...rest } = Object.fromEntries(
    Object.entries(part).flatMap(([key, value]) =>
      repeats(key, part) ? [] : [[key, NAMED.has(key) ? ofEach(value as JsonSchema) : simplified(value)]],
    ),
  );
  if (anyOf === undefined) return rest;
  const [only, none, ...others] = anyOf as readonly JsonSchema[];
  const isNullable =
    others.length === 0 && none?.type === "null" && typeof only?.type === "string" && !only.title;
  return isNullable ? { ...only, type: [only.type, "null"], ...rest } : { anyOf, ...rest };
}

/** Keys whose value has schemas by names, which may be any. */
const NAMED = new Set(["properties", "$defs"]);

function ofEach(schemas: JsonSchema): JsonSchema {
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, simplified(schema)]));
}

function repeats(key: string, schema: JsonSchema): boolean {
  if (key === "type") return "enum" in schema || "const" in schema;
  if (key === "maximum") return schema.type === "integer" && schema.maximum === Number.MAX_SAFE_INTEGER;
  return key === "propertyNames" || (key === "additionalProperties" && isEmpty(schema.additionalProperties));
}

function isEmpty(schema: unknown): boolean {
  return isSchema(schema) && Object.keys(schema).length === 0;
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
