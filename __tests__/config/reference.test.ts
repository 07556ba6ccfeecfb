import { readFileSync } from "node:fs";
import { z } from "zod";
import { environmentSchema } from "../../config/environment";
import { renderReference } from "../../config/reference";
import { unwrap } from "../../config/schema/inspect";

/** Every key of the schema, with the schema of its value. */
function keysOf(schema: z.core.$ZodType): [string, z.core.$ZodType][] {
  const inner = unwrap(schema);
  if (inner instanceof z.ZodRecord) return keysOf(inner.def.valueType);
  if (!(inner instanceof z.ZodObject)) return [];
  return Object.entries(inner.shape).flatMap(
    ([key, child]) => [[key, child], ...keysOf(child)] as [string, z.core.$ZodType][],
  );
}

test("docs/configuration.md is what the schema says; `npm run docs:configuration` writes it", () => {
  expect(readFileSync("docs/configuration.md", "utf8")).toBe(renderReference());
});

test("every key is in the reference and says what it means", () => {
  const keys = keysOf(environmentSchema);
  expect(keys.length).toBeGreaterThan(45);
  const reference = renderReference();
  for (const [key, schema] of keys) {
    expect(reference).toContain(`| \`${key}\` |`);
    expect([key, z.globalRegistry.get(schema)?.description ?? ""]).toEqual([
      key,
      expect.stringMatching(/\.$/),
    ]);
  }
  expect(reference.match(/^\| `/gm)).toHaveLength(keys.length);
});

test("no key is described by what the schema cannot say", () => {
  expect(renderReference()).not.toMatch(/a value of another kind|undefined|NaN|\[object/);
});
