import { className, type DataclassStyle, dataclassModule } from "../../../cli/generate/python-dataclasses";
import type { JsonSchema } from "../../../contracts/json-schema";

const jobs: DataclassStyle = { keywordOnly: false, array: "tuple", mapping: "Mapping", choice: "str" };
const dags: DataclassStyle = { keywordOnly: true, array: "list", mapping: "dict", choice: "Literal" };

const object = (properties: Record<string, JsonSchema>, more: JsonSchema = {}): JsonSchema => ({
  type: "object",
  description: "An object",
  properties,
  required: Object.keys(properties),
  ...more,
});

const write = (schema: JsonSchema, style: DataclassStyle = jobs, outermost = true): string =>
  dataclassModule({ summary: "Facts.", source: "facts.ts", style, schemas: { Outer: schema }, outermost });

const fields = (schema: JsonSchema, style?: DataclassStyle): string[] =>
  write(schema, style)
    .split("\n")
    .filter((line) => line.startsWith("    ") && !line.includes('"""'))
    .map((line) => line.trim());

test("writes a module that says what it comes from, with the imports that it needs", () => {
  expect(write(object({ id: { type: "string", description: "Name" } }))).toBe(`"""Facts.

Generated from facts.ts by \`npm run generate\`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Outer:
    """An object."""

    #: Name.
    id: str
`);
});

const each = object({
  texts: { type: "array", items: { type: "string" } },
  prices: { type: "object", additionalProperties: { type: "number" } },
  kind: { enum: ["a", "b"] },
  anything: { anyOf: [{ type: "string" }, { type: "array", items: {} }] },
  limit: { type: ["integer", "null"] },
});

test.each<[string, DataclassStyle, string[]]>([
  [
    "the jobs",
    jobs,
    [
      "texts: tuple[str, ...]",
      "prices: Mapping[str, float]",
      "kind: str",
      "anything: Any",
      "limit: int | None",
    ],
  ],
  [
    "the DAGs",
    dags,
    [
      "texts: list[str]",
      "prices: dict[str, float]",
      'kind: Literal["a", "b"]',
      "anything: Any",
      "limit: int | None",
    ],
  ],
])("writes the types of %s", (_, style, expected) => {
  expect(fields(each, style)).toEqual(expected);
});

test("gives defaults, and None to what is not required", () => {
  const schema = object(
    {
      list: { type: "array", items: { type: "string" }, default: [] },
      flag: { type: "boolean", default: true },
    },
    { required: ["list", "flag"] },
  );
  const properties = { ...(schema.properties as object), last: { type: "string" } };
  expect(fields({ ...schema, properties })).toEqual([
    "list: tuple[str, ...] = ()",
    "flag: bool = True",
    "last: str | None = None",
  ]);
});

test("writes an object inside another before it, named by its title or its key", () => {
  const inner = object({ size: { type: "integer" } });
  const text = write(object({ per_unit: inner, rows: { type: "array", items: { ...inner, title: "Row" } } }));
  expect([...text.matchAll(/^class (\w+):/gm)].map(([, name]) => name)).toEqual(["PerUnit", "Row", "Outer"]);
  expect(text).toContain("    per_unit: PerUnit\n    rows: tuple[Row, ...]\n");
});

test("leaves the outermost object out where only its parts are wanted", () => {
  const text = write(object({ part: object({ size: { type: "integer" } }) }), jobs, false);
  expect([...text.matchAll(/^class (\w+):/gm)].map(([, name]) => name)).toEqual(["Part"]);
});

test("refuses two different objects of one name", () => {
  const part = (type: string) => object({ size: { type } }, { title: "Part" });
  expect(() => write(object({ one: part("integer"), two: part("number") }))).toThrow(
    "two different objects are called Part: give one of them a title",
  );
});

test("refuses an object without a description", () => {
  const { description: _, ...bare } = object({});
  expect(() => write(object({ part: bare }))).toThrow("Part has no description");
});

test("wraps long comments at the width of the code", () => {
  const lines = fields(object({ id: { type: "string", description: "word ".repeat(40).trim() } }));
  expect(lines).toHaveLength(3);
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(106);
});

test("class names are the keys without underscores", () => {
  expect(className("on_demand_unit")).toBe("OnDemandUnit");
});
