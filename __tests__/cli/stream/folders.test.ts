import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { places } from "../../../cli/places";
import { quoted } from "../../../cli/spark/job-program";
import { closedDays } from "../../../cli/stream/closed-days";
import { exclusively } from "../../../cli/stream/exclusively";
import { foldersOf, streamedDatasets } from "../../../cli/stream/folders";

describe("the folder of a stream", () => {
  let home: string;

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), "stream-"));
  });

  afterEach(() => rmSync(home, { recursive: true, force: true }));

  test("names the datasets whose topics were compiled", () => {
    const { contracts } = foldersOf(home, undefined);
    mkdirSync(contracts);
    for (const name of ["web_events.topic.json", "orders.topic.json", "orders.json", "customers.json"])
      writeFileSync(join(contracts, name), "{}");
    expect(streamedDatasets({ contracts })).toEqual(["orders", "web_events"]);
  });

  test("is for one stream at a time: the other one is named", async () => {
    const folders = foldersOf(home, undefined);
    const second = exclusively(folders, () =>
      exclusively(folders, async () => "both").catch((error) => ({
        message: error.message,
        remedy: error.remedy,
      })),
    );
    expect(await second).toEqual({
      message: `a stream is running in ${home}: process ${process.pid}`,
      remedy: expect.stringContaining(`kill ${process.pid}`),
    });
    expect(await exclusively(folders, async () => "again")).toBe("again");
  });

  test("is free again when the process that had it was killed", async () => {
    const folders = foldersOf(home, undefined);
    const { pid } = spawnSync("true");
    writeFileSync(folders.lock, JSON.stringify({ host: hostname(), pid }));
    expect(await exclusively(folders, async () => "taken over")).toBe("taken over");
  });

  test("has the days that every dataset has closed", () => {
    const close = (dataset: string, day: string): void => {
      const folder = join(home, "raw", dataset, `run_date=${day}`);
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, "archive.manifest"), "{}");
    };
    for (const day of ["2026-03-02", "2026-03-01"]) close("orders", day);
    for (const day of ["2026-03-03", "2026-03-01"]) close("web_events", day);
    mkdirSync(join(home, "raw", "web_events", "run_date=2026-03-02"));
    expect(closedDays(home, ["orders", "web_events"])).toEqual(["2026-03-01"]);
    expect(closedDays(home, ["nothing"])).toEqual([]);
  });
});

test("Spark's settings keep their words on the way through PySpark", () => {
  const words = ["--conf", "a=b c", "it's", '"quoted"', "$HOME"];
  const script = "import json, shlex, sys; print(json.dumps(shlex.split(sys.argv[1])))";
  const { stdout } = spawnSync(places.sparkPython, ["-c", script, words.map(quoted).join(" ")], {
    encoding: "utf8",
  });
  expect(JSON.parse(stdout)).toEqual(words);
});
