import { compileContracts } from "../../../contracts/compiler";
import type { CompiledContract } from "../../../contracts/compiler/compiled";
import { shelvesContract } from "../../release/support/contracts";
import { makeDirectory, writeFiles } from "../../release/support/repository";
import { clicksContract, fileServer } from "./streams";

function compiled(text: string): CompiledContract {
  const directory = makeDirectory();
  writeFiles(directory, { [`${/^name: (.*)$/m.exec(text)?.[1]}.odcs.yaml`]: text });
  const [contract] = compileContracts(directory, directory).datasets;
  return contract as CompiledContract;
}

test("a contract without servers arrives in files", () => {
  expect(compiled(shelvesContract)).toMatchObject({ stream: null, has_files: true, raw: { format: "csv" } });
});

test("a contract whose servers name Kafka alone arrives as a stream of JSON objects", () => {
  expect(compiled(clicksContract)).toMatchObject({
    stream: {
      topic: "shop.clicks",
      partitions: 3,
      retention_hours: 200,
      event_time: "clicked_at",
      lateness_seconds: 7200,
      tie_breaker: "position",
    },
    has_files: false,
    raw: { format: "jsonl" },
  });
});

test("a contract with a server of files and one of Kafka arrives both ways", () => {
  const both = compiled(clicksContract.replace("schema:\n", `${fileServer}schema:\n`));
  expect(both).toMatchObject({
    stream: { topic: "shop.clicks" },
    has_files: true,
    raw: { format: "csv" },
  });
});

test("a topic is called like its dataset, and events may come at any time, unless the contract says otherwise", () => {
  const text = clicksContract
    .replace("      - { property: topic, value: shop.clicks }\n", "")
    .replace("      - { property: tieBreaker, value: position }\n", "")
    .replace(/ {8}quality:\n.*\n/, "");
  expect(compiled(text).stream).toMatchObject({
    topic: "clicks",
    lateness_seconds: null,
    tie_breaker: "position",
  });
});

test("the rule late has the seconds that a record may need, after the rule future", () => {
  const future = "          - { type: custom, engine: platform, implementation: { rule: future } }\n";
  const text = clicksContract.replace(/( {8}quality:\n.*\n)/, (part) => `${part}${future}`);
  const rules = compiled(text).columns.find(({ name }) => name === "clicked_at")?.rules;
  expect(rules?.map(({ id }) => id)).toEqual([
    "clicked_at.type",
    "clicked_at.required",
    "clicked_at.future",
    "clicked_at.late",
  ]);
  expect(rules?.at(-1)).toEqual({
    id: "clicked_at.late",
    kind: "late",
    params: { seconds: 7200 },
    severity: "error",
    dimension: "timeliness",
    threshold: 0,
  });
});

test("a record may be named by its position where there are no files", () => {
  const text = clicksContract.replace(
    "required: true, primaryKey: true }",
    "required: true, primaryKey: true, customProperties: [{ property: derivedFrom, value: position }] }",
  );
  expect(compiled(text).columns[0]?.derived).toBe("position");
});

test("numbers of records have a point, even where those of the files do not", () => {
  const text = clicksContract
    .replace("schema:\n", `${fileServer}schema:\n`)
    .replace(
      "physicalType: INT }",
      "physicalType: INT, customProperties: [{ property: numberFormat, value: '1.234,56' }] }",
    );
  expect(() => compiled(text)).toThrow(
    "schema[clicks].properties[pages]\n    has a numberFormat, and numbers of records have a point; remove one of them",
  );
});
