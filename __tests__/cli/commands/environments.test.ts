import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(__dirname, "..", "..", "..");
const role = (account: string): string => `arn:aws:iam::${account}:role/ci/big-data-ci-plan`;
const [research, production] = [role("111111111111"), role("222222222222")];

describe("environments", () => {
  let copies: string;

  beforeEach(() => {
    copies = mkdtempSync(join(tmpdir(), "environments-"));
    cpSync(join(root, "environments"), copies, { recursive: true });
  });

  afterEach(() => rmSync(copies, { recursive: true, force: true }));

  const list = (args: readonly string[], variables?: unknown) => {
    const { VARIABLES: _, ...inherited } = process.env;
    const text = typeof variables === "string" ? variables : JSON.stringify(variables);
    const env = { ...inherited, NO_COLOR: "1", ...(variables === undefined ? {} : { VARIABLES: text }) };
    const command = [join(root, "platform"), "--environments", copies, "environments", ...args];
    const { status, stdout, stderr } = spawnSync(process.execPath, command, { env, encoding: "utf8" });
    return { code: status, stdout, stderr };
  };

  const github = (variables?: unknown) => list(["--format", "github"], variables);

  const copy = (from: string, to: string, before: string): void => {
    const text = readFileSync(join(copies, `${from}.tfvars`), "utf8")
      .replace(/^environment = .*/m, `environment = "${to}"`)
      .replace(/deploy_after = .*/, `deploy_after = "${before}"`);
    writeFileSync(join(copies, `${to}.tfvars`), text);
  };

  test("prints a table in the order of deployment", () => {
    const { code, stdout, stderr } = list([]);
    expect(stdout.trimEnd().split("\n")).toEqual([
      expect.stringMatching(/^environment +account +region +deployed after$/),
      expect.stringMatching(/^dev +111111111111 +eu-north-1 +-$/),
      expect.stringMatching(/^staging +111111111111 +eu-north-1 +dev$/),
      expect.stringMatching(/^prod +222222222222 +eu-north-1 +staging$/),
    ]);
    expect([code, stderr]).toEqual([0, ""]);
  });

  test("prints the same as JSON", () => {
    const { code, stdout } = list(["--format", "json"]);
    expect(code).toBe(0);
    const region = "eu-north-1";
    expect(JSON.parse(stdout)).toEqual([
      { environment: "dev", account: "111111111111", region, deploy_after: null },
      { environment: "staging", account: "111111111111", region, deploy_after: "dev" },
      { environment: "prod", account: "222222222222", region, deploy_after: "staging" },
    ]);
  });

  test("for GitHub, prints one line with the role of each environment", () => {
    copy("staging", "pre-prod", "staging");
    const variables = {
      AWS_REGION: "eu-north-1",
      PLAN_ROLE_ARN_PROD: production,
      PLAN_ROLE_ARN_PRE_PROD: research,
      PLAN_ROLE_ARN_STAGING: research,
      PLAN_ROLE_ARN_DEV: research,
    };
    const entries = [
      { environment: "dev", plan_role: research },
      { environment: "staging", plan_role: research },
      { environment: "pre-prod", plan_role: research },
      { environment: "prod", plan_role: production },
    ];
    expect(github(variables)).toEqual({
      code: 0,
      stdout: `environments=${JSON.stringify(entries)}\n`,
      stderr: "",
    });
  });

  test("for GitHub, leaves out environments without a role and reports them", () => {
    const { code, stdout, stderr } = github({ PLAN_ROLE_ARN_PROD: production, PLAN_ROLE_ARN_DEV: "" });
    expect(code).toBe(0);
    expect(stdout).toBe(`environments=${JSON.stringify([{ environment: "prod", plan_role: production }])}\n`);
    expect(stderr).toBe(
      "dev is left out: the GitHub variable PLAN_ROLE_ARN_DEV is not set\n" +
        "staging is left out: the GitHub variable PLAN_ROLE_ARN_STAGING is not set\n",
    );
    expect(github({}).stdout).toBe("environments=[]\n");
  });

  test("for GitHub, refuses a variable that is not a role", () => {
    expect(github({ PLAN_ROLE_ARN_DEV: "admin" })).toEqual({
      code: 1,
      stdout: "",
      stderr:
        '✗ the GitHub variable PLAN_ROLE_ARN_DEV is "admin", which is not the ARN of a role\n' +
        "  → set it to the output ci_plan_role_arn of the account's bootstrap stack\n",
    });
  });

  test.each([
    ["missing", undefined, "VARIABLES is not set"],
    ["empty", "", "VARIABLES is not set"],
    ["not JSON", "{", "VARIABLES is not a JSON object"],
    ["a list", [], "VARIABLES is not a JSON object"],
  ])("for GitHub, refuses variables that are %s", (_, variables, message) => {
    const { code, stdout, stderr } = github(variables);
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toBe(
      `✗ ${message}\n  → in a workflow, set it with "VARIABLES: \${{ toJSON(vars) }}" in the step's env\n`,
    );
  });

  test("prints every problem of the configuration instead of a list", () => {
    copy("prod", "last", "prodd");
    const { code, stdout, stderr } = github({});
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(
      /last\.tfvars:\d+ {2}ci\.deploy_after = "prodd"\n {4}does not name .*; did you mean "prod"\?/,
    );
  });
});
