import { z } from "zod";
import type { Path } from "../problems";

/** The schema inside defaults and optional marks. */
export function unwrap(schema: z.core.$ZodType): z.core.$ZodType {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault || schema instanceof z.ZodOptional) {
    return unwrap(schema.def.innerType);
  }
  return schema;
}

/** The schema of a place; `undefined` when the schema knows no such place. */
export function schemaAt(schema: z.core.$ZodType, path: Path): z.core.$ZodType | undefined {
  const [key, ...rest] = path;
  if (key === undefined) return schema;
  const child = childOf(unwrap(schema), key);
  return child && schemaAt(child, rest);
}

function childOf(schema: z.core.$ZodType, key: string | number): z.core.$ZodType | undefined {
  if (schema instanceof z.ZodObject) return schema.shape[key];
  if (schema instanceof z.ZodRecord) return schema.def.valueType;
  if (schema instanceof z.ZodArray) return schema.def.element;
  return undefined;
}

/** What the schema accepts in words, as the object of "use …". */
export function allowedOf(wrapped: z.core.$ZodType): string {
  const schema = unwrap(wrapped);
  const said = z.globalRegistry.get(schema)?.allowed;
  if (said !== undefined) return said;
  if (schema instanceof z.ZodEnum) return optionsOf(schema);
  if (schema instanceof z.ZodNumber) return `a whole number from ${schema.minValue} to ${schema.maxValue}`;
  if (schema instanceof z.ZodBoolean) return "true or false";
  if (schema instanceof z.ZodRecord) return `a map whose keys are each ${allowedOf(schema.def.keyType)}`;
  if (schema instanceof z.ZodObject) return mapOf(schema);
  return "a value of another kind";
}

function optionsOf(schema: z.ZodEnum): string {
  const [first, ...others] = schema.options.map((option) => `"${option}"`);
  return others.length === 0 ? `${first}, the only one there is` : `one of ${[first, ...others].join(", ")}`;
}

function mapOf(schema: z.ZodObject): string {
  const keys = Object.keys(schema.shape);
  const required = keys.filter((key) => !z.safeParse(schema.shape[key] ?? z.any(), undefined).success);
  return required.length === 0 ? `a map with any of ${keys.join(", ")}` : `a map with ${required.join(", ")}`;
}

/** The places where the schema has a key of this name, to tell where a misplaced key belongs. */
export function placesOfKey(schema: z.core.$ZodType, name: string, at: readonly string[] = []): string[][] {
  const inner = unwrap(schema);
  if (!(inner instanceof z.ZodObject)) return [];
  return Object.entries(inner.shape).flatMap(([key, child]) => {
    const here = key === name ? [[...at, key]] : [];
    return [...here, ...placesOfKey(child, name, [...at, key])];
  });
}
