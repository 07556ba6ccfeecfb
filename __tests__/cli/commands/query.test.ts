import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { databasePrefixOf, namesOf, workgroupOf } from "../../../stacks/core/names";
import { runPlatform } from "../platform-process";

/** What the command says before an engine answers; tests/services/explore asks it on real tables. */
describe("query", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "query-"));
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test.each([
    [
      ["select 1", "--env", "dev", "--lake", "x"],
      /'--lake <dir>' cannot be used with option '--env <environment>'/,
    ],
    [["select 1", "--output", "rows.xlsx"], /It must end in \.csv or \.parquet/],
    [["select 1", "--rows", "0"], /a whole number from 1/],
    [["select 1", "--file", "a.sql"], /a statement and option '--file <file>' exclude each other/],
    [["--file", "no-such.sql"], /no-such\.sql: cannot be read: .*\n {2}→ name a file with SQL/],
    [["select 1", "--env", "nowhere"], /no environment is called "nowhere"\n {2}→ there are .*dev/],
  ])("refuses %p", async (options, message) => {
    const { code, output } = await runPlatform(["query", ...options]);
    expect(output).toMatch(message);
    expect(code).toBe(1);
  });

  test("says what to run before anything is published", async () => {
    writeFileSync(join(folder, "question.sql"), "select * from curated.orders");
    const file = join(folder, "question.sql");
    const { code, output } = await runPlatform(["query", "--file", file, "--lake", folder]);
    expect(output).toContain(`✗ ${folder}: nothing is published there yet\n  → run \`make demo`);
    expect(code).toBe(1);
  });

  test("asks the workgroup and the databases that the catalog stack makes", () => {
    const names = namesOf({ project: "big-data", environment: "dev" } as Parameters<typeof namesOf>[0]);
    expect([workgroupOf(names), databasePrefixOf(names)]).toEqual(["big-data-dev", "big_data_dev_"]);
  });
});
