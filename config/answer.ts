import { z } from "zod";
import { environmentSchema } from "./environment";
import type { Finding, Path } from "./problems";
import { schemaFindings } from "./schema/findings";
import { allowedOf, schemaAt, unwrap } from "./schema/inspect";

/** An answer that the schema takes, or what it says of it. */
export type Answer = { readonly value: unknown } | { readonly finding: Omit<Finding, "path"> };

/**
 * Reads what somebody typed as the value of one place of an environment's file, and judges it as the file would be: a
 * list is written with commas or spaces, a boolean as yes or no.
 * @throws when the schema has no such place
 */
export function readAnswer(place: Path, typed: string): Answer {
  const field = fieldAt(place);
  const value = typedAs(field, typed.trim());
  const [finding] = schemaFindings(z.strictObject({ answer: field }), { answer: value });
  if (finding === undefined) return { value };
  const { message, allowed } = finding;
  return { finding: { message, allowed } };
}

/** What a place accepts, as the object of "use …". */
export function allowedAt(place: Path): string {
  return allowedOf(fieldAt(place));
}

function fieldAt(place: Path): z.ZodType {
  const found = schemaAt(environmentSchema, place);
  if (found === undefined) throw new Error(`an environment has no ${place.join(".")}`);
  return unwrap(found) as z.ZodType;
}

const words: Readonly<Record<string, boolean>> = {
  yes: true,
  y: true,
  true: true,
  no: false,
  n: false,
  false: false,
};

function typedAs(field: z.ZodType, typed: string): unknown {
  if (field instanceof z.ZodArray) return typed.split(/[\s,]+/).filter((item) => item !== "");
  if (field instanceof z.ZodBoolean) return words[typed.toLowerCase()] ?? typed;
  if (field instanceof z.ZodNumber) return /^-?\d+(?:\.\d+)?$/.test(typed) ? Number(typed) : typed;
  return typed;
}
