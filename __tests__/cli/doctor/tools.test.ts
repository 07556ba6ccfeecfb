import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { askVersion, type Program } from "../../../cli/doctor/programs";
import { findPython } from "../../../cli/doctor/python";
import { type Ended, runPlatform } from "../platform-process";
import { FakePath } from "./fake-path";

const path = process.env.PATH;
let programs: FakePath;

beforeEach(() => {
  programs = new FakePath();
});

afterEach(() => {
  process.env.PATH = path;
  rmSync(programs.folder, { recursive: true });
});

describe("a program", () => {
  const spark: Program = {
    names: ["spark", "spark-3"],
    args: ["--version"],
    version: /version (\d+\.\d+\.\d+)/,
    wanted: "~> 3.5.0",
    remedy: "install it",
  };

  beforeEach(() => {
    process.env.PATH = programs.folder;
  });

  test("of the right version is fine, whichever name it has", () => {
    programs.says("spark-3", "version 3.5.4");
    expect(askVersion(spark)).toEqual({ state: "ok", detail: "3.5.4" });
  });

  test("that is not there is missing", () => {
    expect(askVersion(spark)).toEqual({
      state: "missing",
      detail: "no spark on the PATH",
      remedy: "install it",
    });
  });

  test("of another version is wrong", () => {
    programs.says("spark", "version 4.0.0");
    const detail = "spark is 4.0.0, wanted is ~> 3.5.0";
    expect(askVersion(spark)).toEqual({ state: "wrong", detail, remedy: "install it" });
  });

  test.each([
    ["version 3.5.4", 1],
    ["a shim of nothing", 0],
  ])("that says %j and ends with %d is wrong", (text, code) => {
    programs.says("spark", text, code);
    const detail = "spark is there and does not run";
    expect(askVersion(spark)).toEqual({ state: "wrong", detail, remedy: "install it" });
  });

  test("is looked for in a folder of its own first", () => {
    const before = mkdtempSync(join(programs.folder, "home-"));
    programs.says("spark", "version 3.4.0");
    programs.says(join(before.slice(programs.folder.length), "spark"), "version 3.5.1");
    expect(askVersion({ ...spark, before })).toEqual({ state: "ok", detail: "3.5.1" });
  });
});

describe("a Python", () => {
  const pyenv = process.env.PYENV_ROOT;
  const look = () => findPython("3.11", join(programs.folder, "none"));

  beforeEach(() => {
    process.env.PATH = programs.folder;
    process.env.PYENV_ROOT = programs.folder;
  });

  afterEach(() => {
    if (pyenv === undefined) delete process.env.PYENV_ROOT;
    else process.env.PYENV_ROOT = pyenv;
  });

  test("on the PATH will do", () => {
    programs.says("python3.11", "Python 3.11.9");
    expect(look()).toEqual({ state: "ok", detail: "3.11.9; next: make install" });
  });

  test("that uv fetches will do", () => {
    programs.says("uv", "uv 0.8.1");
    expect(look()).toEqual({ state: "ok", detail: "none; uv 0.8.1 fetches one: make install" });
  });

  test("that nobody has is missing", () => {
    expect(look()).toEqual({
      state: "missing",
      detail: "no python3.11 on the PATH, and no uv",
      remedy: "install Python 3.11, or uv, which fetches it: https://docs.astral.sh/uv/",
    });
  });

  test("with its packages is asked itself", () => {
    programs.says("installed", "Python 3.12.1");
    expect(findPython("3.11", join(programs.folder, "installed"))).toMatchObject({
      state: "wrong",
      detail: expect.stringMatching(/installed is 3\.12\.1, wanted is ~> 3\.11\.0$/),
    });
  });
});

describe("doctor", () => {
  jest.setTimeout(60_000);

  const doctor = (...options: string[]): Promise<Ended> =>
    runPlatform(options, {
      PATH: programs.folder,
      JAVA_HOME: "",
      TFLINT: "",
      POSTGRES_BIN: programs.folder,
      CHROMIUM: join(programs.folder, "chromium"),
    });

  test("says what there is, and that it is enough", async () => {
    programs.sayAll();
    const { code, output } = await doctor("doctor", "--tests");
    const subjects = [...output.matchAll(/^(ok|missing|wrong|unknown) +(.+?) {2,}/gm)].map(
      ([, ...rest]) => rest,
    );
    expect(subjects).toEqual(
      [
        "Node",
        "Python 3.11",
        "uv",
        "Java",
        "Terraform",
        "Python 3.12",
        "TFLint",
        "PostgreSQL",
        "git",
        "Chromium",
        "configuration",
      ].map((subject) => ["ok", subject]),
    );
    expect(output).toContain(
      "Terraform      1.13.1 of >= 1.11.0, terraform on the PATH (for bootstrap, plan, apply, destroy)",
    );
    expect(output).toMatch(/PostgreSQL +16\.4 /);
    expect(output).toMatch(/\nall that is needed is there\n$/);
    expect(code).toBe(0);
  });

  test("what is missing counts where it is needed alone", async () => {
    programs.sayAll();
    programs.remove("chromium");
    const run = await doctor("doctor");
    expect(run.output).toContain(
      `missing  Chromium       no ${programs.folder}/chromium (not needed for this; for tests of pages)\n         → install Chromium`,
    );
    expect(run.code).toBe(0);
    const tests = await doctor("doctor", "--tests");
    expect(tests.output).toContain(
      `missing  Chromium       no ${programs.folder}/chromium (for tests of pages)`,
    );
    expect(tests.output).toContain("✗ 1 of what is needed is not as it must be\n");
    expect(tests.code).toBe(1);
  });

  test("a Java too old is wrong, and so is a configuration with a mistake", async () => {
    programs.sayAll();
    programs.says("java", 'java version "1.8.0_402"');
    writeFileSync(join(programs.folder, "dev.tfvars"), "project = 1\n");
    const { code, output } = await doctor("--environments", programs.folder, "doctor", "--env", "dev");
    expect(output).toContain("wrong    Java           java is 1.8.0, wanted is ~> 17.0");
    expect(output).toMatch(/wrong +configuration +\d+ problems in .*\n +→ \.\/platform check says which/);
    expect(output).toContain("✗ 2 of what is needed are not as it must be\n");
    expect(code).toBe(1);
  });
});
