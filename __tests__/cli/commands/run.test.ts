import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { platform, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { published, rejected } from "../../report/fixture";
import { textOf } from "../../report/reading";
import { type Running, runPlatform, startPlatform } from "../platform-process";
import { type Behaviour, SparkDouble } from "../spark-double";

const root = join(__dirname, "..", "..", "..");

/** What a batch that is not there yet gets; the rest of the sizes is the machine's. */
const unsized = { "spark.sql.shuffle.partitions": "64", "spark.sql.files.maxPartitionBytes": "128m" };
/** The settings that are only sizes: the others have a default of meaning in the release, too. */
const sizes = [
  "spark.driver.defaultJavaOptions",
  "spark.driver.memory",
  "spark.sql.files.maxPartitionBytes",
  "spark.sql.iceberg.advisory-partition-size",
];

function settingsOf(call: readonly string[]): Record<string, string> {
  const pairs = call.flatMap((arg, index) => (arg === "--conf" ? [call[index + 1] ?? ""] : []));
  return Object.fromEntries(pairs.map((pair) => pair.split(/=(.*)/)));
}

/** What the command does around Spark; Spark itself runs the same jobs in the Python tests. */
describe("run", () => {
  jest.setTimeout(120_000);

  let home: string;
  let lake: string;
  let report: string;
  let spark: SparkDouble;

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), "run-"));
    [lake, report] = [join(home, "lake"), join(home, "report.html")];
    spark = new SparkDouble(home);
  });

  afterEach(() => rmSync(home, { recursive: true, force: true }));

  const start = (job?: string, behaviour?: Behaviour, ...options: string[]): Running => {
    const args = ["run", "--rows", "5000", "--output", lake, "--report", report, ...options];
    return startPlatform(args, spark.environment(job, behaviour));
  };

  test("makes a batch and runs the release's pipeline on it, with its Spark settings", async () => {
    const { code, output } = await start().ended;
    expect({ code, output }).toMatchObject({ code: 0 });
    const { spark_conf, release } = JSON.parse(
      readFileSync(join(root, "build", "bundle", "manifest.json"), "utf8"),
    );
    const jobs = spark.calls.map((call) => call.slice(call.findIndex((arg) => arg.endsWith("main.py")) + 1));
    expect(jobs.map(([job]) => job)).toEqual(["generate", "pipeline"]);
    const [generate, pipeline = []] = jobs;
    const raw = join(lake, "raw");
    expect(generate?.slice(1)).toEqual([
      "--output",
      raw,
      "--rows",
      "5000",
      "--seed",
      "42",
      "--run-date",
      "2026-01-31",
    ]);
    const runId = pipeline[pipeline.indexOf("--run-id") + 1];
    expect(runId).toMatch(/^local-\d{8}T\d{6}Z-[0-9a-f]{4}$/);
    expect(pipeline.slice(1)).toEqual([
      "--input",
      raw,
      "--output",
      lake,
      "--run-date",
      "2026-01-31",
      "--run-id",
      runId,
      "--release",
      release,
    ]);
    for (const call of spark.calls) {
      expect(call.slice(0, 2)).toEqual(["--master", "local[*]"]);
      expect(call[call.indexOf("--driver-class-path") + 1]).toMatch(
        /build\/jars\/iceberg-spark-runtime-[^/:]+\.jar$/,
      );
      const log = {
        "spark.eventLog.enabled": "true",
        "spark.eventLog.dir": `file://${lake}/logs/spark-events`,
      };
      const settings = settingsOf(call);
      expect(settings).toMatchObject({ ...spark_conf, ...log, ...unsized });
      expect(
        Object.keys(settings)
          .filter((key) => !(key in { ...spark_conf, ...log }))
          .sort(),
      ).toEqual(sizes);
    }
  });

  test("sizes Spark by what the next job reads, and lets people decide otherwise", async () => {
    const batch = join(home, "raw", "orders", "run_date=2026-01-31");
    mkdirSync(batch, { recursive: true });
    writeFileSync(join(batch, "orders.csv"), "");
    truncateSync(join(batch, "orders.csv"), 100 * 2 ** 30);
    const own = ["--conf", "spark.driver.memory=5g", "--conf", "spark.hadoop.own=a=b"];
    const { code, output } = await start("", "succeeds", "--input", join(home, "raw"), ...own).ended;
    expect({ code, output }).toMatchObject({ code: 0 });
    expect(spark.calls).toHaveLength(1);
    const settings = settingsOf(spark.calls[0] ?? []);
    expect(settings).toMatchObject({ "spark.driver.memory": "5g", "spark.hadoop.own": "a=b" });
    expect(Number(settings["spark.sql.shuffle.partitions"])).toBeGreaterThanOrEqual(800);
  });

  test("refuses a setting that is none", async () => {
    const { code, output } = await start("", "succeeds", "--conf", "driver.memory=5g").ended;
    expect(code).not.toBe(0);
    expect(output).toContain("It must be a setting of Spark, for example spark.driver.memory=6g.");
  });

  test("shows what each job is at, and sums up what became of every row", async () => {
    const { output } = await start().ended;
    for (const job of ["ingest", "curate", "marts"]) {
      expect(output).toMatch(new RegExp(`^✓ ${job} +\\d:\\d\\d$`, "m"));
      expect(output).toMatch(new RegExp(`^${job} +\\d+\\.\\d$`, "m"));
    }
    expect(output).toMatch(/^curate \d:\d\d work of curate$/m);
    expect(output).toMatch(/^curate \d:\d\d work of curate: 1,234,567 rows in 1\.5 s$/m);
    expect(output).not.toContain("not structured");
    expect(output).toMatch(/^orders +5,203,118 +4,870,004 +130,202 +104,011 +98,901$/m);
    expect(output).toMatch(/^orders +quantity\.range +31,007$/m);
    expect(output).toContain(report);
    const next = output.slice(output.indexOf("next:"));
    expect(next).toContain(`./platform query "select * from marts.revenue_by_day" --lake ${lake} `);
    expect(next).toContain(`make explore LAKE=${lake} `);
    expect(next).toContain("make stream ");
    expect(readFileSync(report, "utf8")).toMatch(/^<!doctype html>/i);
  });

  test("reads raw data that is there instead of generating some", async () => {
    expect((await start(undefined, undefined, "--input", home).ended).code).toBe(0);
    expect(spark.calls.map((call) => call[call.indexOf("--input") + 1])).toEqual([home]);
  });

  test("lets a batch follow an earlier one", async () => {
    expect((await start(undefined, undefined, "--follows", "2026-01-30").ended).code).toBe(0);
    const [generate = []] = spark.calls;
    expect(generate.slice(-2)).toEqual(["--follows", "2026-01-30"]);
  });

  test("stops at a job that breaks, with its name and the end of its log", async () => {
    const { code, output } = await start("curate", "breaks").ended;
    expect(code).toBe(1);
    expect(output).toMatch(/^✓ ingest +\d:\d\d$/m);
    expect(output).not.toContain("marts");
    expect(output).toMatch(/^✗ curate +\d:\d\d +exit code 1$/m);
    const failure = output.slice(output.indexOf("✗ curate failed:"));
    expect(failure).toContain("ValueError: the disk is full");
    const [runId = ""] = readdirSync(join(lake, "logs")).filter((name) => name.startsWith("local-"));
    const log = join(lake, "logs", runId, "pipeline.log");
    expect(failure).toContain(`  → the whole log: ${log}`);
    expect(readFileSync(log, "utf8")).toContain("not structured");
    expect(existsSync(report)).toBe(false);
  });

  test("a job that says why it failed is quoted, and nothing else of its output", async () => {
    const { code, output } = await start("ingest", "explains").ended;
    expect(code).toBe(1);
    expect(output).toContain("✗ ingest failed: orders: of another shape\n  → the whole log: ");
    expect(output).not.toMatch(/Traceback|not structured/);
    // Java names files by the locale.
    expect(readFileSync(join(home, "locale"), "utf8")).toBe("C.UTF-8");
  });

  test("a lake where nothing can be written is refused with what to do", async () => {
    const file = join(home, "file");
    writeFileSync(file, "");
    const { code, output } = await start("", "succeeds", "--output", join(file, "lake")).ended;
    expect(code).toBe(1);
    expect(output).toContain(
      "the folder cannot be made: a file of that name exists\n  → choose another folder",
    );
  });

  test("fails when the audit rejects the run, with its findings, and reports the run all the same", async () => {
    const { code, output } = await start("marts", "rejects").ended;
    expect(code).toBe(1);
    expect(output).toContain("was rejected: the published tables are as they were");
    for (const violation of rejected.audit.violations) expect(output).toContain(`  ${violation}\n`);
    expect(rejected.audit.violations.length).toBeGreaterThan(0);
    expect(existsSync(report)).toBe(true);
  });

  test("is recorded, and the next report lists it among the earlier runs", async () => {
    expect((await start().ended).code).toBe(0);
    const first = textOf(readFileSync(report, "utf8"));
    expect(first).toContain("This is the first run in the metadata store.");
    // Linux alone tells.
    if (platform() === "linux") expect(first).toMatch(/processor time \d/);
    writeFileSync(join(home, "published.json"), JSON.stringify({ ...published, run_id: "second" }));
    const { code, output } = await start().ended;
    expect(code).toBe(0);
    expect(output).toContain(join(lake, "metadata.sqlite"));
    const page = textOf(readFileSync(report, "utf8"));
    expect(page).toContain("1 run before this one, newest first; none was rejected.");
    expect(page).toContain(`${published.run_date} ✓ Published`);
  });

  test("a metadata store that does not answer is a warning, and the report comes all the same", async () => {
    spark.storeBreaks();
    const { code, output } = await start().ended;
    expect(code).toBe(0);
    expect(output).toContain("! the run is not in the metadata store: OSError: the disk is gone\n");
    const page = readFileSync(report, "utf8");
    expect(page).toMatch(/^<!doctype html>/i);
    expect(page).not.toContain("Earlier runs");
  });

  test("an interrupt ends the job and all it has started", async () => {
    const running = start("ingest", "hangs");
    await running.says(/hanging/);
    running.child.kill("SIGINT");
    const { code, output } = await running.ended;
    expect(code).toBe(130);
    expect(output).toContain("✗ ingest was interrupted");
    expect(spark.calls).toHaveLength(2);
    await sleep(100);
    expect(() => process.kill(spark.worker, 0)).toThrow("ESRCH");
  });

  test.each([
    ["--rows", "999", "It must be a whole number from 1000."],
    ["--rows", "5e6", "It must be a whole number from 1000."],
    ["--seed", "-1", "It must be a whole number from 0."],
    ["--run-date", "2026-02-30", "It must be a day of the calendar, written YYYY-MM-DD."],
    ["--run-date", "yesterday", "It must be a day of the calendar, written YYYY-MM-DD."],
  ])("%s %s is refused", async (option, value, reason) => {
    const { code, output } = await runPlatform(["run", `${option}=${value}`]);
    expect(code).toBe(1);
    expect(output).toContain(`argument '${value}' is invalid. ${reason}`);
  });

  test("says how to get PySpark when there is none", async () => {
    const python = join(home, "none", "python");
    expect(await runPlatform(["run"], { PLATFORM_SPARK_PYTHON: python })).toEqual({
      code: 1,
      output: `✗ there is no PySpark beside ${python}\n  → run \`make install\`, or set PLATFORM_SPARK_PYTHON to a Python that has pyspark\n`,
    });
  });
});
