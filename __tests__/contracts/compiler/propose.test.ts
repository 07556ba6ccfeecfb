import { parse } from "yaml";
import { compileContracts } from "../../../contracts/compiler";
import { type DatasetEvidence, proposeContract } from "../../../contracts/compiler/propose";
import { cars, seenColumn, trips } from "../../release/support/evidence";
import { makeDirectory, writeFiles } from "../../release/support/repository";

function compiled(...all: readonly DatasetEvidence[]) {
  const directory = makeDirectory();
  writeFiles(
    directory,
    Object.fromEntries(all.map((one) => [`${one.name}.odcs.yaml`, proposeContract(one)])),
  );
  return compileContracts(directory, directory).datasets;
}

test("what is proposed compiles, and says what was seen", () => {
  const [, contract] = compiled(trips, cars);
  expect(contract).toMatchObject({
    name: "trips",
    version: "1.0.0",
    key: ["trip_id"],
    version_column: "updated_at",
    partition_by: { column: "left_on", transform: "month" },
    raw: trips.raw,
    volume: { minimum: 1, maximum: null },
  });
  expect(contract?.columns.map(({ name, type, nullable, format }) => [name, type, nullable, format])).toEqual(
    [
      ["trip_id", "bigint", false, null],
      ["code", "string", false, null],
      ["e_mail", "string", false, null],
      ["kind", "string", false, null],
      ["price", "decimal(18,2)", true, null],
      ["left_on", "date", false, "dd/MM/yyyy"],
      ["car", "bigint", false, null],
      ["updated_at", "timestamp", false, "yyyy-MM-dd'T'HH:mm:ss'Z'"],
    ],
  );
  expect(contract?.columns.map(({ personal }) => personal)).toEqual([
    ...[false, false, true, false, false, false, false, false],
  ]);
  const rules = contract?.columns.flatMap(({ rules }) => rules) ?? [];
  const params = Object.fromEntries(rules.map((rule) => [rule.id, rule.params]));
  expect(params).toMatchObject({
    "trip_id.range": { minimum: "0", maximum: "200" },
    "code.length": { maximum: 20 },
    "e_mail.pattern": { pattern: "^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$" },
    // YAML reads a bare NO, on or yes as true or false in its older version: they must come back as texts.
    "kind.allowed": { values: ["NO", "on", "yes"] },
    "left_on.range": { minimum: "2013-01-01" },
    "car.reference": { dataset: "cars", column: "car" },
  });
  expect(contract?.columns[4]?.missing_values).toEqual(["NA", "-"]);
  expect(contract?.columns[1]?.physical_name).toBe("Code no.");
});

test("rows that nothing names are numbered among their equals", () => {
  const [contract] = compiled({ ...cars, key: [] });
  expect(contract).toMatchObject({ key: ["row_id"], version_column: null });
  expect(contract?.columns[0]).toMatchObject({ name: "row_id", derived: "occurrence", type: "string" });
});

test("the evidence stands above what it is of", () => {
  const text = proposeContract(trips);
  expect(text.split("\napiVersion")[0]?.trimEnd().split("\n")).toEqual([
    "# Proposed from 2 files with 12,345 rows: read it before you rely on it.",
    "# refused: trips-3.csv: the file is empty",
    "# 1 row could not be cut into columns",
    "# no two rows have the same trip_id and version: called as what names a row here",
    "# 2 rows that say the same as another are copies by trip_id: one of each is kept",
    "# about as many values as rows, too: code",
    "# about as many values as rows, but a measure by name, place or gaps: price",
    "# of rows with one key the newest updated_at counts, by its name",
  ]);
  const above = (column: string): string[] => {
    const lines = text.split("\n");
    const found = lines.indexOf(`      - name: ${column}`);
    expect(found).toBeGreaterThan(0);
    const comments = lines.slice(0, found).reverse();
    const end = comments.findIndex((line) => !line.startsWith("      #"));
    return comments
      .slice(0, end)
      .reverse()
      .map((line) => line.trim());
  };
  expect(above("price")).toEqual([
    "# missing in 7 rows, written NA or -, about 100 different",
    "# from 0.50 to 9.00",
    "# not of the type in 1 row, which go to quarantine",
  ]);
  expect(above("kind")).toEqual(["# never missing, 3 different"]);
  expect(above("code")).toEqual(["# never missing, about 100 different", "# 3 to 8 characters"]);
  expect(above("car")).toEqual([
    "# never missing, about 100 different",
    "# every value is the key of a row of cars: called after it",
  ]);
  expect(proposeContract(cars)).toContain(
    "      # never missing, about 100 different\n      # always 2\n      # a note\n",
  );
});

test("a reader of YAML 1.1 reads the same as one of YAML 1.2", () => {
  const words = ["off", "yes", "N", "~", "1_000", "12:30:45", "2024-03-31T02:30:00+02:00", "0o7", "017"];
  const values = [...words, "=", "<<", ".inf", "1e3", "0x1F", "", "a: b", "# c", "null", "a\u0085b"].sort();
  const column = seenColumn("off", "string", { values, distinct: values.length, physical_name: "no" });
  const text = proposeContract({ ...cars, columns: [...cars.columns, column] });
  expect(parse(text, { version: "1.1" })).toEqual(parse(text));
  expect(text).toContain('- name: "off"');
  expect(text).toMatch(/"="/);
});

test("a decimal without whole digits can have bounds", () => {
  const share = seenColumn("share", "decimal(20,20)", { bounds: { minimum: 0, maximum: 0.5 } });
  const [contract] = compiled({ ...cars, columns: [...cars.columns, share] });
  const params = contract?.columns.at(-1)?.rules.find(({ kind }) => kind === "range")?.params;
  expect(params).toEqual({ minimum: "0", maximum: "0.5" });
});

test("a name can be given", () => {
  expect(parse(proposeContract(cars, "vehicles"))).toMatchObject({
    name: "vehicles",
    schema: [{ name: "vehicles" }],
  });
});

test("the same evidence gives the same contract", () => {
  expect(proposeContract(trips)).toBe(proposeContract(structuredClone(trips)));
});
