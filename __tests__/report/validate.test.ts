import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseResults, ResultsError, readResults } from "../../report/validate";
import { empty, published, rejected } from "./fixture";

const again = "make the job write what contracts/run-results.schema.json says, then run the pipeline again";

function problemsOf(value: unknown): readonly string[] {
  try {
    parseResults(value, "runs/results.json");
  } catch (error) {
    if (error instanceof ResultsError) return error.problems;
    throw error;
  }
  return [];
}

test.each([{ published }, { rejected }, { empty }])("the fixture is what the schema says: %#", (fixture) => {
  const [results] = Object.values(fixture);
  expect(parseResults(results, "runs/results.json")).toBe(results);
});

test.each([
  [
    "a missing field",
    () => {
      const { outcome: _, ...rest } = published;
      return rest;
    },
    `runs/results.json: outcome: missing: the schema requires it; ${again}`,
  ],
  [
    "an unknown value",
    () => ({ ...published, outcome: "postponed" }),
    `runs/results.json: outcome: "postponed": must be one of published, rejected; ${again}`,
  ],
  [
    "an unknown field",
    () => ({ ...published, mood: { good: true } }),
    `runs/results.json: mood: {"good":true}: the schema does not know it; ${again}`,
  ],
  [
    "a wrong type deep inside",
    () => ({ ...published, stages: [{ name: "ingest", seconds: 1, rows_in: 1, rows_out: 1.5 }] }),
    `runs/results.json: stages[0].rows_out: 1.5: must be integer; ${again}`,
  ],
  [
    "another version",
    () => ({ ...published, schema_version: "2.0.0" }),
    'runs/results.json: schema_version: "2.0.0": must be "1.0.0"; ' +
      "render these results with the release that wrote them, or run the pipeline again",
  ],
  [
    "a long value, cut",
    () => ({ ...published, run_date: "x".repeat(200) }),
    `runs/results.json: run_date: "${"x".repeat(78)}…: must match format "date"; ${again}`,
  ],
  ["something else altogether", () => [], `runs/results.json: the whole file: []: must be object; ${again}`],
  [
    "a row that does not fit its columns",
    () => ({ ...published, marts: [{ name: "m", rows: 1, columns: ["a", "b"], sample: [["x", 1], ["y"]] }] }),
    "runs/results.json: marts[0].sample[1]: 1 cells: must be 2, one for each column; " +
      "make the job write the cells in the order of columns, then run the pipeline again",
  ],
])("%s is named with file, place, value and remedy", (_, value, message) => {
  expect(problemsOf(value())).toEqual([message]);
});

test("all problems are named at once", () => {
  expect(problemsOf({ ...published, run_id: "", release: 7, tables: null })).toHaveLength(3);
});

describe("a file", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "results-"));
  });
  afterAll(() => rm(folder, { recursive: true }));

  test("is read", async () => {
    const file = join(folder, "results.json");
    await writeFile(file, JSON.stringify(rejected));
    expect(await readResults(file)).toEqual(rejected);
  });

  test("that is not there is named with the way to it", async () => {
    const file = join(folder, "none.json");
    await expect(readResults(file)).rejects.toThrow(
      `${file}: cannot be read (ENOENT); run the pipeline first: ./platform run`,
    );
  });

  test("that was cut is no JSON", async () => {
    const file = join(folder, "cut.json");
    await writeFile(file, JSON.stringify(published).slice(0, 1000));
    await expect(readResults(file)).rejects.toThrow(/cut\.json: is not JSON \(.+\); run the pipeline again$/);
  });
});
