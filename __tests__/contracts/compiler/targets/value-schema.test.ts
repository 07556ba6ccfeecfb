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

const click: Event = {
  At: "2024-11-29T18:04:11Z",
  day: "2024-11-29",
  tiny: 3,
  ratio: 0.5,
  price: 9.5,
  code: "BE12",
  visitor: { address: { city: "Gent" } },
};

/** By column of the contract `clicks`, which has every type: what is accepted, and what is refused. */
const values: Readonly<Record<string, readonly [accepted: readonly unknown[], refused: readonly unknown[]]>> =
  {
    At: [["2024-02-28T23:59:59Z"], ["2024-11-29 18:04:11", "2024-13-01T00:00:00Z", null, "", 0]],
    seen_at: [
      ["2024-11-29 18:04:11", null, ""],
      ["2024-11-29T18:04:11Z", "2024-11-29 24:00:00", 1],
    ],
    day: [["2024-02-29"], ["2024-02-30", "24-02-01", " 2024-02-01", null]],
    birthday: [
      ["1 Jan 2000", "31 Dec 1999", null],
      ["01 Jan 2000", "32 Jan 2000", "1 Mai 2000"],
    ],
    flag: [
      [true, "false", null, ""],
      ["t", "TRUE", 1],
    ],
    tiny: [
      [-5, "7", 32_767],
      [-6, 32_768, 1.5, "1.5", "+1", "007", null],
    ],
    count: [
      [-(2 ** 31), "12", null, ""],
      [2 ** 31, "1e2", true],
    ],
    total: [
      [1, "9223372036854775807", null],
      [0, "x"],
    ],
    ratio: [
      [-2, "1e-3", ".5", "5."],
      [1, "0x1", "NaN", ""],
    ],
    price: [
      [9.5, "1.50", "+1.500", -99.9],
      [9.51, "1.005", "100", ""],
    ],
    share: [
      [0.25, "-0.25", null],
      [1, "1", "0.255"],
    ],
    code: [["BE1"], ["be1", "BE", "BE1x"]],
    words: [
      ["a b", "ab", null],
      ["one too many", 12],
    ],
    note: [
      ["ab", "😀😀😀😀", "NA", "-", null],
      ["a", "abcde", "a\ufffd"],
    ],
    kind: [
      ["a", null, ""],
      ["c", "A", 1],
    ],
    visitor: [
      [{ address: { city: "Gent", "post code": null } }, { address: { city: "Gent", "post code": "9000" } }],
      [null, {}, { address: null }, { address: { city: "" } }, { address: { city: "Gent", street: "x" } }],
    ],
    agent: [
      [null, {}, { name: null }, { name: "Firefox" }],
      ["Firefox", { version: 1 }],
    ],
  };

describe("the schema of a value", () => {
  const accepts = validatorOf("clicks");

  test("accepts an event with what is required alone", () => {
    expect(accepts(click)).toBe(true);
  });

  test("knows no column that is derived", () => {
    expect(accepts({ ...click, click_id: "shop.clicks-1/0/0000000000000000001" })).toBe(false);
  });

  test.each(Object.entries(values))("tells good values of %s from bad ones", (name, [accepted, refused]) => {
    expect(accepted.filter((value) => !accepts({ ...click, [name]: value }))).toEqual([]);
    expect(refused.filter((value) => accepts({ ...click, [name]: value }))).toEqual([]);
  });
});
