import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EarlierRun } from "../../../report";
import { published } from "../../report/fixture";
import { tableOf, textOf } from "../../report/reading";
import { runPlatform } from "../platform-process";

const run: EarlierRun = {
  run_id: published.run_id,
  run_date: published.run_date,
  status: "published",
  started_at: published.started_at,
  seconds: 67.5,
  rows_read: 5_256_352,
  rows_quarantined: 99_401,
  datasets: {},
  usage: {
    compute: "emr_serverless",
    quantities: { vcpu_hour: 2.5 },
    prices: { vcpu_hour: 0.04 },
    currency: "EUR",
    cost: 0.1,
  },
};

describe("report", () => {
  let home: string;

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), "report-"));
    writeFileSync(join(home, "results.json"), JSON.stringify(published));
  });

  afterEach(() => rmSync(home, { recursive: true, force: true }));

  const render = (...options: string[]) =>
    runPlatform(["report", join(home, "results.json"), "--report", join(home, "page.html"), ...options]);

  test("renders a run that ran elsewhere, with what the store knows of it", async () => {
    writeFileSync(join(home, "history.json"), JSON.stringify([run]));
    const { code, output } = await render("--history", join(home, "history.json"));
    expect({ code, output }).toEqual({ code: 0, output: `the report is ${join(home, "page.html")}\n` });
    const page = readFileSync(join(home, "page.html"), "utf8");
    expect(tableOf(page, "Usage and cost").at(-1)).toEqual(["all", "", "", "0.10 EUR"]);
    expect(textOf(page)).toContain("This is the first run in the metadata store.");
  });

  test("a history that is none is refused, and no report is written", async () => {
    writeFileSync(join(home, "history.json"), "[{}]");
    const { code, output } = await render("--history", join(home, "history.json"));
    expect(code).toBe(1);
    expect(output).toContain(`✗ --history ${join(home, "history.json")}: `);
    expect(() => readFileSync(join(home, "page.html"))).toThrow("ENOENT");
  });
});
