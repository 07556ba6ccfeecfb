import { z } from "zod";

/** What is left of a configuration without the parts that are wrong. */
export type ValidParts<Value> = Value extends readonly unknown[]
  ? Value
  : Value extends object
    ? { readonly [Key in keyof Value]?: ValidParts<Value[Key]> }
    : Value;

/**
 * The parts of a value that fit the schema on their own, with their defaults. The entries of a
 * map are kept whatever they are called; a list is whole or absent, because a rule would draw wrong conclusions from a
 * part of it.
 *
 * Rules about several fields are checked on this, so that one wrong field does not hide what is wrong with others.
 */
export function validParts<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
): ValidParts<z.output<Schema>> | undefined {
  return partsOf(schema, value) as ValidParts<z.output<Schema>> | undefined;
}

function partsOf(schema: z.core.$ZodType, value: unknown): unknown {
  if (schema instanceof z.ZodDefault)
    return value === undefined ? schema.def.defaultValue : inside(schema, value);
  if (schema instanceof z.ZodPrefault)
    return inside(schema, value === undefined ? schema.def.defaultValue : value);
  if (schema instanceof z.ZodOptional) return value === undefined ? undefined : inside(schema, value);
  if (schema instanceof z.ZodObject) return objectParts(schema, value);
  if (schema instanceof z.ZodRecord) return recordParts(schema, value);
  const result = z.safeParse(schema, value);
  return result.success ? result.data : undefined;
}

function inside(schema: z.ZodDefault | z.ZodPrefault | z.ZodOptional, value: unknown): unknown {
  return partsOf(schema.def.innerType, value);
}

function objectParts(schema: z.ZodObject, value: unknown): unknown {
  if (!isMap(value)) return undefined;
  return Object.fromEntries(
    Object.entries(schema.shape).map(([key, child]) => [key, partsOf(child, value[key])]),
  );
}

function recordParts(schema: z.ZodRecord, value: unknown): unknown {
  if (!isMap(value)) return undefined;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, partsOf(schema.def.valueType, item)]),
  );
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
