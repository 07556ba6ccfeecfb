import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runPlatform } from "../platform-process";

const root = join(__dirname, "..", "..", "..");

describe("contract check", () => {
  let base: string;

  beforeEach(() => {
    base = mkdtempSync(join(tmpdir(), "contracts-"));
    for (const folder of ["datasets", "marts"])
      cpSync(join(root, "contracts", folder), join(base, "contracts", folder), { recursive: true });
  });

  afterEach(() => rmSync(base, { recursive: true, force: true }));

  const edit = (file: string, from: string, to: string): void => {
    const path = join(base, "contracts", "datasets", file);
    const text = readFileSync(path, "utf8");
    expect(text.split(from)).toHaveLength(2);
    writeFileSync(path, text.replace(from, to));
  };

  test("says what became of each contract", async () => {
    rmSync(join(base, "contracts", "marts", "customer_value.odcs.yaml"));
    const { code, output } = await runPlatform(["contract", "check", "--base", base]);
    const rows = output
      .trimEnd()
      .split("\n")
      .map((line) => line.split(/ {2,}/).join(" "));
    expect({ code, rows }).toEqual({
      code: 0,
      rows: [
        "contract was is changes",
        "customers 1.0.0 1.0.0",
        "orders 1.0.0 1.0.0",
        "products 1.1.0 1.1.0",
        "web_events 1.0.0 1.0.0",
        "customer_value – 1.0.0 new",
        "product_performance 1.0.0 1.0.0",
        "revenue_by_day 1.0.0 1.0.0",
        "revenue_by_minute 1.0.0 1.0.0",
        "search_terms 1.0.0 1.0.0",
        "session_funnel 1.0.0 1.0.0",
        "",
        `compared with ${base}`,
      ],
    });
  });

  test("refuses a breaking change under the same major version, with file, line, old, new and remedy", async () => {
    edit("orders.odcs.yaml", "minimum: 1, maximum: 100 }", "minimum: 1, maximum: 500 }");
    const { code, output } = await runPlatform(["contract", "check", "--base", base]);
    expect(code).toBe(1);
    expect(output).toMatch(
      /^✗ contracts\/datasets\/orders\.odcs\.yaml:\d+ {2}schema\[orders\]\.properties\[quantity\]\.logicalTypeOptions\n/,
    );
    expect(output).toContain(
      "    tightens quantity.range from (minimum 1; maximum 500) to (minimum 1; maximum 100); that is breaking; " +
        "make the version 2.0.0 (it was 1.0.0 and is 1.0.0), or keep (minimum 1; maximum 500)\n",
    );
    expect(output).toMatch(/1 problem in the data contracts\n$/);
  });

  test("takes a commit for a base, and leaves no copy of it", async () => {
    const { output } = await runPlatform(["contract", "check", "--base", "HEAD"]);
    expect(output).toMatch(/compared with HEAD\n$/);
    expect(readdirSync(join(root, "build")).filter((name) => name.startsWith("contracts-"))).toEqual([]);
  });

  test("compares with main, or says that it cannot", async () => {
    const { output } = await runPlatform(["contract", "check"]);
    expect(output).toMatch(/compared with (main at [0-9a-f]{12}|nothing: fetch main, .*)\n$/);
  });

  test("says that a base is not there", async () => {
    expect(await runPlatform(["contract", "check", "--base", "no-such-place"])).toEqual({
      code: 1,
      output:
        "✗ --base no-such-place: there is neither such a folder nor such a commit here\n" +
        "  → name a folder, a branch, a tag or a commit; in a shallow clone fetch it first\n",
    });
  });
});

describe("contract compile", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "contracts-"));
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test("writes what endpoints and brokers read, and nothing about streams of a dataset of files", async () => {
    const out = join(folder, "new", "compiled");
    const { code, output } = await runPlatform(["contract", "compile", "--out", out]);
    const files = readdirSync(out, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".json"))
      .sort();
    expect(files.filter((name) => /^(customers|web_events)\./.test(name))).toEqual([
      "customers.json",
      "web_events.json",
      "web_events.schema.json",
      "web_events.search-roles.json",
      "web_events.search.json",
      "web_events.topic.json",
    ]);
    expect(files.filter((name) => name.startsWith("marts"))).toContain(join("marts", "revenue_by_day.json"));
    const [written, lines] = [`written to ${out}`, output.trimEnd().split("\n")];
    expect({ code, last: lines.at(-1), listed: lines.slice(0, -2).sort() }).toEqual({
      code: 0,
      last: written,
      listed: files,
    });
    expect(JSON.parse(readFileSync(join(out, "web_events.topic.json"), "utf8")).config).toMatchObject({
      "message.timestamp.type": "LogAppendTime",
    });
  });

  test("removes what a contract left that is gone, and no other file", async () => {
    const gone = { schema_version: 1, name: "gone" };
    const files = {
      "gone.json": JSON.stringify(gone),
      "gone.topic.json": "{}",
      "other.json": '{ "name": "another" }',
      "broken.json": "{",
      "notes.topic.json": "{}",
    };
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    await runPlatform(["contract", "compile", "--out", folder]);
    const left = Object.keys(files).filter((name) => readdirSync(folder).includes(name));
    expect(left).toEqual(["other.json", "broken.json", "notes.topic.json"]);
    const streamed = join(folder, "web_events.schema.json");
    expect(readFileSync(streamed, "utf8")).toContain('"title": "web_events 1.0.0"');
  });

  test("refuses what is not a folder of contracts", async () => {
    expect(await runPlatform(["contract", "compile", "no-such-folder", "--out", folder])).toEqual({
      code: 1,
      output: "✗ no-such-folder: is not a folder\n  → name a folder of contracts\n",
    });
    expect(readdirSync(folder)).toEqual([]);
  });
});
