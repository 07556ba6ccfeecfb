import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CompiledContract } from "../../../contracts/compiler";
import { proposeContract } from "../../../contracts/compiler/propose";
import { cars, seenColumn, trips } from "../../release/support/evidence";
import { published } from "../../report/fixture";
import { type Ended, runPlatform } from "../platform-process";
import { SparkDouble } from "../spark-double";

const root = join(__dirname, "..", "..", "..");

/** What the commands do around Spark; Spark itself looks at real files in the Python tests. */
describe("any data", () => {
  jest.setTimeout(120_000);

  let home: string;
  let data: string;
  let spark: SparkDouble;

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), "any-"));
    data = join(home, "trips");
    mkdirSync(data);
    spark = new SparkDouble(home);
  });

  afterEach(() => rmSync(home, { recursive: true, force: true }));

  const platform = (...args: string[]): Promise<Ended> => runPlatform(args, spark.environment());
  const runOfData = (): string[] => {
    const places = ["--output", join(home, "lake"), "--report", join(home, "report.html")];
    return ["run", "--data", data, ...places];
  };
  const run = (...args: string[]): Promise<Ended> => platform(...runOfData(), ...args);
  const jobs = (): string[][] =>
    spark.calls.map((call) => call.slice(call.findIndex((arg) => arg.endsWith("main.py")) + 1));
  const option = (job: readonly string[], name: string): string => job[job.indexOf(name) + 1] ?? "";

  test("without a contract it is inferred, written beside the report, and given to the jobs", async () => {
    const utcDay = (): string => new Date().toISOString().slice(0, 10);
    const began = utcDay();
    const { code, output } = await run();
    expect({ code, output }).toMatchObject({ code: 0 });
    expect(jobs().map(([job]) => job)).toEqual(["infer", "pipeline"]);
    const written = ["cars.odcs.yaml", "trips.odcs.yaml"];
    expect(readdirSync(join(home, "contracts"))).toEqual(written);
    for (const file of written) expect(output).toContain(join(home, "contracts", file));
    const [, pipeline = []] = jobs();
    expect(option(pipeline, "--input")).toBe(data);
    expect([began, utcDay()]).toContain(option(pipeline, "--run-date"));
    const contracts = option(pipeline, "--contracts");
    const names = JSON.parse(readFileSync(contracts, "utf8")).map(({ name }: { name: string }) => name);
    expect(names).toEqual(["cars", "trips"]);
    expect(readdirSync(join(root, "build")).filter((name) => /^(contracts|evidence)-/.test(name))).toEqual(
      [],
    );
  });

  test("files that are refused and rows that become one are named in the terminal", async () => {
    const { output } = await run();
    const copies = "2 rows that say the same as another are copies by trip_id: one of each is kept";
    expect(output).toContain(`trips: ${copies}\n`);
    expect(output).toContain("trips: refused trips-3.csv: the file is empty\n");
    const shownRefusal = output.split("\n").find((line) => line.includes("part-07.csv.gz"));
    expect(shownRefusal?.trim().split(/ {2,}/)).toEqual([
      ...["orders", "part-07.csv.gz", "unexpected end of the gzip stream"],
    ]);
  });

  test("a contract that is given is the one that counts", async () => {
    const contract = join(home, "cars.odcs.yaml");
    writeFileSync(contract, proposeContract(cars));
    expect((await run("--contract", contract, "--run-date", "2024-02-29")).code).toBe(0);
    expect(jobs().map(([job]) => job)).toEqual(["pipeline"]);
    const [pipeline = []] = jobs();
    expect(option(pipeline, "--run-date")).toBe("2024-02-29");
    const [only, ...others] = JSON.parse(readFileSync(option(pipeline, "--contracts"), "utf8"));
    expect([only.name, others]).toEqual(["cars", []]);
  });

  test("a contract that somebody has corrected is not written over", async () => {
    mkdirSync(join(home, "contracts"));
    const corrected = join(home, "contracts", "cars.odcs.yaml");
    writeFileSync(corrected, "# mine\n");
    const { code, output } = await run();
    expect(code).toBe(1);
    expect(output).toContain("cars.odcs.yaml: is there, and says something else than what was inferred now");
    expect(readFileSync(corrected, "utf8")).toBe("# mine\n");
  });

  test("what a run put aside is judged anew, by that run's contracts and of its day", async () => {
    expect((await run("--run-date", "2024-02-29")).code).toBe(0);
    const [, earlier = []] = jobs();
    const [first, contracts] = [option(earlier, "--run-id"), option(earlier, "--contracts")];
    expect((await platform("run", "--replay", first, "--output", join(home, "lake"))).code).toBe(0);
    const [, , again = [], ...more] = jobs();
    expect([again[0], more]).toEqual(["pipeline", []]);
    expect(["--replay", "--run-date"].map((name) => option(again, name))).toEqual([
      first,
      published.run_date,
    ]);
    const own = option(again, "--contracts");
    expect(readFileSync(own, "utf8")).toBe(readFileSync(contracts, "utf8"));
    expect(own).not.toBe(contracts);
    expect(option(again, "--run-id")).not.toBe(first);
  });

  test("a dataset that cannot be read, and one whose contract cannot be loaded, stop no other", async () => {
    const columns = [seenColumn("car", "int", { bounds: { maximum: 5_000_000_000 } })];
    spark.sees({
      datasets: [cars, trips, { ...cars, name: "wide", columns }],
      left_out: [{ name: "hopeless", reason: "no file of it can be read" }],
    });
    const { code, output } = await run();
    expect(code).toBe(1);
    expect(output).toMatch(/✓ run local-\S+ of \S+ is published/);
    expect(output).toMatch(
      /✗ run local-\S+ is published, without:\n {2}hopeless: no file of it can be read\n/,
    );
    expect(output).toContain("  wide: wide.odcs.yaml:");
    expect(output).not.toContain("resources");
    const [, pipeline = []] = jobs();
    const names = JSON.parse(readFileSync(option(pipeline, "--contracts"), "utf8")).map(
      ({ name }: { name: string }) => name,
    );
    expect(names).toEqual(["cars", "trips"]);
    const inferred = await platform("contract", "infer", data, "--output", join(home, "proposals"));
    expect(inferred.code).toBe(1);
    expect(inferred.output).toContain(
      "contracts are written, without:\n  hopeless: no file of it can be read\n",
    );
  });

  test("what the jobs leave out is named, and the run does not end well", async () => {
    const { code, output } = await runPlatform(runOfData(), spark.environment("marts", "leaves out"));
    expect(code).toBe(1);
    expect(output).toContain("is published, without:\n  strange: there is no contract for it\n");
  });

  test("a replay may have corrected contracts, which count for the next one, too", async () => {
    expect((await run()).code).toBe(0);
    const first = option(jobs()[1] ?? [], "--run-id");
    const contract = join(home, "cars.odcs.yaml");
    writeFileSync(contract, proposeContract({ ...cars, columns: [seenColumn("car", "bigint")] }));
    const replay = async (id: string, ...args: string[]): Promise<[string, CompiledContract[]]> => {
      expect((await platform("run", "--replay", id, "--output", join(home, "lake"), ...args)).code).toBe(0);
      const last = jobs().at(-1) ?? [];
      return [option(last, "--run-id"), JSON.parse(readFileSync(option(last, "--contracts"), "utf8"))];
    };
    const [again, corrected] = await replay(first, "--contract", contract);
    const shapes = corrected.map(({ name, columns }) => [name, columns.length]);
    expect(shapes).toEqual([
      ["cars", 1],
      ["trips", trips.columns.length],
    ]);
    writeFileSync(
      join(home, "lake", "runs", `run=${again}`, "results.json"),
      JSON.stringify({ ...published, run_id: again }),
    );
    expect((await replay(again))[1]).toEqual(corrected);
  });

  test("a contract that is wrong is refused before anything runs", async () => {
    const contract = join(home, "cars.odcs.yaml");
    writeFileSync(contract, proposeContract(cars).replace("physicalType: INT", "physicalType: STRING"));
    const { code, output } = await run("--contract", contract);
    expect(code).toBe(1);
    expect(output).toContain('physicalType = "STRING"');
    expect(existsSync(join(home, "calls"))).toBe(false);
  });

  test.each([
    [["run", "--data", "no-such-place"], "no-such-place: there is no such file or folder"],
    [["run", "--input", "no-such-place"], "no-such-place: there is no such file or folder"],
    [["run", "--contract", "x.odcs.yaml"], "needs option '--data <path>' or '--replay <run>'"],
    [["run", "--data", "docs", "--input", "docs"], "cannot be used with option '--input <dir>'"],
    [
      ["run", "--replay", "none"],
      "--replay none: no such run has come to its end in build/lake or build/data",
    ],
    [["contract", "infer", "no-such-place"], "no-such-place: there is no such file or folder"],
    [["contract", "infer", "docs", "--output", "x.yaml"], "--output x.yaml: does not end in .odcs.yaml"],
    [["contract", "infer", "docs", "--name", "A"], "--name A: is not a name of a table"],
    [["contract", "check", "no-such-place"], "no-such-place: there is no such file or folder"],
  ])("%j is refused", async (args, reason) => {
    const { code, output } = await platform(...args);
    expect(code).toBe(1);
    expect(output).toContain(reason);
    expect(existsSync(join(home, "calls"))).toBe(false);
  });

  test("contract infer writes what contract check accepts", async () => {
    const folder = join(home, "proposals");
    const { code, output } = await platform("contract", "infer", data, "--output", folder);
    expect({ code, output }).toMatchObject({ code: 0 });
    expect(output).toContain(`next: ./platform run --data ${data} --contract ${folder}\n`);
    const checked = await platform("contract", "check", folder);
    expect(checked.output.split("\n").map((line) => line.trim().split(/ +/))).toEqual(
      expect.arrayContaining([
        ["cars", "1.0.0"],
        ["trips", "1.0.0"],
      ]),
    );
    expect((await platform("contract", "check", join(folder, "cars.odcs.yaml"))).code).toBe(0);
  });

  test("several datasets cannot have one name", async () => {
    const { code, output } = await platform(
      "contract",
      "infer",
      data,
      "--output",
      join(home, "all.odcs.yaml"),
    );
    expect(code).toBe(1);
    expect(output).toContain("there are 2 datasets: cars, trips");
  });
});
