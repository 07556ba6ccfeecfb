import { spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "./workflows";

const table = "stack        result   seconds\ndev-network  planned  1.0";

/** The real script, with a `platform` that plans as told and a `gh` that notes what it is asked. */
describe("the nightly plan", () => {
  let home: string;

  const write = (file: string, script: string): void => {
    writeFileSync(join(home, file), `#!/usr/bin/env bash\n${script}\n`);
    chmodSync(join(home, file), 0o755);
  };

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), "drift-"));
    mkdirSync(join(home, ".ci"));
    mkdirSync(join(home, "bin"));
    cpSync(join(root, ".ci", "drift"), join(home, ".ci", "drift"));
  });

  afterEach(() => rmSync(home, { recursive: true, force: true }));

  /** Runs it with the exit code of the plan and the issue that is open, and returns what `gh` was asked. */
  const run = (code: number, issue = "", more: Record<string, string> = {}) => {
    write("platform", `echo 'a secret plan'; echo '${table}'; exit ${code}`);
    const log = join(home, "log");
    write(
      "bin/gh",
      `echo "$1 $2 \${3:-}" >>'${log}'\nwhile [[ $# -gt 0 ]]; do [[ $1 != --body-file ]] || cat "$2" >>'${log}'; shift; done\necho '${issue}'`,
    );
    const environment = {
      PATH: `${join(home, "bin")}:${process.env.PATH}`,
      GITHUB_ACTIONS: "true",
      GITHUB_SERVER_URL: "https://example.com",
      GITHUB_REPOSITORY: "o/r",
      GITHUB_RUN_ID: "7",
      ...more,
    };
    const { status } = spawnSync(join(home, ".ci", "drift"), ["dev"], { env: environment, encoding: "utf8" });
    return { status, asked: existsSync(log) ? readFileSync(log, "utf8") : "" };
  };

  test("opens an issue with the stacks, not with the plans", () => {
    const { status, asked } = run(2);
    expect(status).toBe(0);
    expect(asked).toMatch(/^issue list --state\nissue create --title\n/);
    expect(asked).toContain(table);
    expect(asked).toContain("https://example.com/o/r/actions/runs/7");
    expect(asked).not.toContain("a secret plan");
  });

  test("writes into the issue that is open", () => {
    expect(run(2, "12").asked).toMatch(/^issue list --state\nissue edit 12\n/);
  });

  test("closes it when there is no difference any more", () => {
    expect(run(0, "12")).toEqual({ status: 0, asked: "issue list --state\nissue close 12\n" });
    rmSync(join(home, "log"));
    expect(run(0)).toEqual({ status: 0, asked: "issue list --state\n" });
  });

  test("touches no issue when the plan fails, nor on a laptop", () => {
    expect(run(1)).toEqual({ status: 1, asked: "" });
    expect(run(2, "", { GITHUB_ACTIONS: "" })).toEqual({ status: 2, asked: "" });
  });
});
