import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv2020 from "ajv/dist/2020";
import addFormats from "ajv-formats";
import { parse } from "yaml";

const root = join(__dirname, "..", "..", "..", "..");

type Event = Readonly<Record<string, unknown>>;

/** Validates as a producer would: by the written schema alone. */
function validatorOf(name: string): (event: Event) => boolean {
  const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true });
  addFormats(ajv);
  const file = join(__dirname, "golden", `${name}.schema.json`);
  const validate = ajv.compile(JSON.parse(readFileSync(file, "utf8")));
  return (event) => validate(event);
}

/** The event that the examples of a contract make. */
function exampleOf(name: string): Event {
  const file = join(root, "contracts", "datasets", `${name}.odcs.yaml`);
  const { schema } = parse(readFileSync(file, "utf8"));
  const columns: readonly { name: string; examples: readonly string[] }[] = schema[0].properties;
  return Object.fromEntries(columns.map(({ name: column, examples }) => [column, examples[0]]));
}

describe.each(["web_events", "orders"])("the schema of %s", (name) => {
  const accepts = validatorOf(name);
  const example = exampleOf(name);

  test("accepts the examples of the contract, with numbers quoted or not", () => {
    expect(accepts(example)).toBe(true);
    const isNumber = (text: unknown) => /^-?[0-9]+(\.[0-9]+)?$/.test(String(text));
    const bare = Object.entries(example).map(([key, text]) => [key, isNumber(text) ? Number(text) : text]);
    expect(bare.filter(([, value]) => typeof value === "number").length).toBeGreaterThan(2);
    expect(accepts(Object.fromEntries(bare))).toBe(true);
  });

  test("refuses an event without a required value, and one with an unknown field", () => {
    const [first = ""] = Object.keys(example);
    const { [first]: _, ...without } = example;
    expect(accepts(without)).toBe(false);
    expect(accepts({ ...example, [first]: null })).toBe(false);
    expect(accepts({ ...example, [first]: "" })).toBe(false);
    expect(accepts({ ...example, colour: "red" })).toBe(false);
  });
});

interface Values {
  readonly accepted: readonly string[];
  readonly refused: readonly string[];
  readonly accepted_by_schema_alone: readonly string[];
  readonly accepted_by_jobs_alone: readonly string[];
}

/** Events of a contract that has every type; tests/etl/rules/test_value_schema.py gives them to the jobs. */
const cases: {
  readonly event: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, Values>>;
} = JSON.parse(readFileSync(join(__dirname, "golden", "clicks.values.json"), "utf8"));

const eventWith = (changed: Readonly<Record<string, string>>): Event =>
  Object.fromEntries(
    Object.entries({ ...cases.event, ...changed }).map(([key, text]) => [key, JSON.parse(text)]),
  );

describe("the schema of a value", () => {
  const accepts = validatorOf("clicks");

  test("accepts an event with what is required alone", () => {
    expect(accepts(eventWith({}))).toBe(true);
  });

  test("knows no column that is derived", () => {
    expect(accepts({ ...eventWith({}), click_id: "shop.clicks-1/0/0000000000000000001" })).toBe(false);
  });

  test.each(Object.entries(cases.values))("tells good values of %s from bad ones", (name, values) => {
    const good = [...values.accepted, ...values.accepted_by_schema_alone];
    const bad = [...values.refused, ...values.accepted_by_jobs_alone];
    expect(good.filter((text) => !accepts(eventWith({ [name]: text })))).toEqual([]);
    expect(bad.filter((text) => accepts(eventWith({ [name]: text })))).toEqual([]);
  });
});
