import { execFileSync } from "node:child_process";
import {
  cpSync,
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
import { planOf } from "../../review/planned";
import { runPlatform, startPlatform } from "../platform-process";

const root = join(__dirname, "..", "..", "..");
const git = (...args: readonly string[]): string =>
  execFileSync("git", args, { cwd: root, encoding: "utf8" }).trim();

jest.setTimeout(120_000);

describe("review of folders", () => {
  let home: string;
  let base: string;
  let head: string;

  /** Changes one stack of the head, by text that is there once. */
  const edit = (stack: string, from: string, to: string): void => {
    const file = join(head, "stacks", stack, "cdk.tf.json");
    const text = readFileSync(file, "utf8");
    expect(text.split(from)).toHaveLength(2);
    writeFileSync(file, text.replace(from, to));
  };

  const review = (...args: readonly string[]) =>
    runPlatform(["review", "--base", base, "--head", head, ...args]);

  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), "review-"));
    [base, head] = [join(home, "base"), join(home, "head")];
    expect(await runPlatform(["synth", "--out", base])).toMatchObject({ code: 0 });
    cpSync(base, head, { recursive: true });
    edit("prod-metadata", '"deletion_protection": true', '"deletion_protection": false');
    edit("dev-orchestration", '"environment_class": "mw1.micro"', '"environment_class": "mw1.small"');
    edit("dev-network", '"retention_in_days": 30', '"retention_in_days": 60');
  });

  afterAll(() => rmSync(home, { recursive: true, force: true }));

  test.each([
    ["page.html", "<!doctype html>"],
    ["review.JSON", "{"],
    ["review.md", "<!-- platform-review -->"],
    ["review.txt", "/"],
  ])("is written as the end of the file's name says: %s", async (name, beginning) => {
    const file = join(home, name);
    expect(await review("--output", file)).toMatchObject({ code: 0 });
    expect(readFileSync(file, "utf8").startsWith(beginning)).toBe(true);
  });

  test("says the risks first, by category, then counts what changes", async () => {
    const { code, output } = await review("--fail-on", "access,exposure");
    expect(code).toBe(0);
    expect(
      output
        .trimEnd()
        .split("\n")
        .map((line) => line.split(/ {2,}/).join("  ").trimEnd()),
    ).toEqual([
      `${base} → ${head}: 3 to change in 3 of 32 stacks`,
      "",
      "Data",
      "  prod · metadata  aws_db_instance.store",
      "  ✗ The database can be deleted: deletion_protection was true and is false.",
      "",
      "Cost",
      "  dev · orchestration  aws_mwaa_environment.airflow",
      "  ✗ environment_class: mw1.small instead of mw1.micro.",
      "",
      "2 risks: 1 of data, 1 of cost.",
      "",
      "environment  stack  added  changed  moved  removed  let go  replaced  only a plan tells  from",
      "dev  network  0  1  0  0  0  0  0  json",
      "dev  orchestration  0  1  0  0  0  0  0  json",
      "prod  metadata  0  1  0  0  0  0  0  json",
      "",
      "1 thing is narrower, safer or cheaper; --all shows every attribute",
    ]);
  });

  test("shows every attribute when asked, of one environment when asked", async () => {
    const { output } = await review("--all", "--env", "dev");
    expect(output).toContain(
      "aws_cloudwatch_log_group.flow_logs changes  dev · network\n    retention_in_days: 30 → 60\n",
    );
    expect(output).toContain("✓ Days that logs are kept: 60 instead of 30.");
    expect(output).not.toContain("prod");
  });

  test("ends with 3 where --fail-on meets a risk", async () => {
    const { code, output } = await review("--fail-on", "access,cost");
    expect(code).toBe(3);
    expect(output).toContain("stopped by --fail-on: there are risks of cost\n");
  });

  test("writes JSON and Markdown into files", async () => {
    const [json, markdown] = [join(home, "review.json"), join(home, "review.md")];
    const ended = await Promise.all([
      review("--format", "json", "--output", json),
      review("--format", "markdown", "--output", markdown),
    ]);
    expect(ended.map(({ code }) => code)).toEqual([0, 0]);
    expect(JSON.parse(readFileSync(json, "utf8"))).toMatchObject({ version: 1, base, head, source: "json" });
    expect(readFileSync(markdown, "utf8")).toMatch(/^<!-- platform-review -->\n### Review: /);
  });

  test("says what Terraform plans instead, where there is a plan", async () => {
    const plans = join(home, "plans");
    mkdirSync(plans, { recursive: true });
    const store = {
      actions: ["delete", "create"],
      before: { port: 1 },
      after: { port: 2 },
      replace_paths: [["port"]],
    };
    writeFileSync(
      join(plans, "prod-metadata.tfplan.json"),
      JSON.stringify(planOf({ "aws_db_instance.store": store })),
    );
    const { output } = await review("--plan", plans, "--env", "prod");
    expect(output).toContain(
      "because port cannot change in place: its databases, but for a final snapshot would be lost.",
    );
    expect(output).toMatch(/prod +metadata +0 +0 +0 +0 +0 +1 +0 +plan/);
  });

  test.each<[string, readonly string[], RegExp]>([
    [
      "an unknown environment",
      ["--env", "test"],
      /no environment is called "test"\n {2}→ there are .*dev, prod, staging/,
    ],
    [
      "an unknown category",
      ["--fail-on", "money"],
      /"money" is no category\n {2}→ there are access, exposure, data, cost/,
    ],
    [
      "a folder of plans that is not there",
      ["--plan", "/nowhere"],
      /--plan \/nowhere: there is no such folder/,
    ],
  ])("refuses %s", async (_, args, message) => {
    const { code, output } = await review(...args);
    expect(code).toBe(1);
    expect(output).toMatch(message);
  });

  test("says when a folder of plans has no plan of the stacks", async () => {
    const plans = join(home, "without-plans");
    mkdirSync(plans, { recursive: true });
    const { code, output } = await review("--plan", plans, "--env", "dev");
    expect(code).toBe(0);
    expect(output).toContain(`--plan ${plans}: no plan of these stacks is there`);
  });

  test("counts what is not assessed by itself, and stops at it when asked", async () => {
    const strange = join(home, "strange");
    cpSync(base, strange, { recursive: true });
    const file = join(strange, "stacks", "prod-lake", "cdk.tf.json");
    const json = JSON.parse(readFileSync(file, "utf8"));
    json.resource.aws_lambda_function = { copy: { function_name: "copy" } };
    writeFileSync(file, JSON.stringify(json));
    const args = ["review", "--base", base, "--head", strange];
    const { code, output } = await runPlatform([...args, "--fail-on", "unknown"]);
    expect(code).toBe(3);
    expect(output).toContain("Not assessed: nothing is decided about the type aws_lambda_function.");
    expect(output).toContain("\n1 change is not assessed.\n");
    expect(output).toContain("stopped by --fail-on: there are changes that are not assessed");
    expect(output).not.toContain("no risk found");
    expect(await runPlatform([...args, "--fail-on", "access,exposure,data,cost"])).toMatchObject({ code: 0 });
  });

  test("refuses a file that is no plan, and names it", async () => {
    const plans = join(home, "no-plans");
    mkdirSync(plans, { recursive: true });
    const file = join(plans, "prod-metadata.json");
    for (const [text, reason] of [
      ["{", "is no JSON"],
      ["[]", "is no plan of Terraform's"],
    ] as const) {
      writeFileSync(file, text);
      const { code, output } = await review("--plan", plans, "--env", "prod");
      expect(code).toBe(1);
      expect(output).toContain(`${file} ${reason}`);
    }
  });

  test("refuses a revision that is neither a folder nor a commit, and a folder without stacks", async () => {
    const unknown = await runPlatform(["review", "--base", "no-such-thing", "--head", head]);
    expect(unknown).toMatchObject({ code: 1 });
    expect(unknown.output).toContain(
      "--base no-such-thing: there is neither such a folder nor such a commit here",
    );
    const empty = await runPlatform(["review", "--base", join(root, "docs"), "--head", head]);
    expect(empty).toMatchObject({ code: 1 });
    expect(empty.output).toMatch(/--base: .+docs has no synthesized stacks/);
  });
});

describe("review of commits", () => {
  const commit = git("rev-parse", "HEAD");
  const reviews = join(root, "build", "review");
  const worktrees = (): string[] =>
    (existsSync(reviews) ? readdirSync(reviews) : []).filter((name) => name.startsWith("worktree-"));

  beforeEach(() => rmSync(join(reviews, commit), { recursive: true, force: true }));

  test("synthesizes a commit once, in a worktree that is gone afterwards, as is one that a killed process left", async () => {
    mkdirSync(join(reviews, "worktree-4194305-dead"), { recursive: true });
    const [first, second] = [
      await runPlatform(["review", "--base", "HEAD"]),
      await runPlatform(["review", "--base", "HEAD"]),
    ];
    expect([first.code, second.code]).toEqual([0, 0]);
    expect(first.output).toContain(`synthesizing ${commit.slice(0, 12)} in a worktree of its own`);
    expect(second.output).not.toContain("synthesizing");
    expect(readdirSync(join(reviews, commit))).toContain("stacks");
    expect(worktrees()).toEqual([]);
    expect(git("worktree", "list")).not.toContain("build/review");
  });

  test("refuses an unknown environment before it synthesizes", async () => {
    const { code, output } = await runPlatform(["review", "--base", "HEAD", "--env", "nope"]);
    expect(code).toBe(1);
    expect(output).toMatch(/no environment is called "nope"\n {2}→ there are account, dev, prod, staging/);
    expect(output).not.toContain("synthesizing");
    expect(existsSync(join(reviews, commit))).toBe(false);
  });

  test("says that there is no git repository", async () => {
    const { code, output } = await runPlatform(["review"], { GIT_DIR: join(root, "no-such-folder") });
    expect(code).toBe(1);
    expect(output).toContain("this is not a git repository");
  });

  test("interrupted, leaves neither a worktree nor half a synthesis", async () => {
    const running = startPlatform(["review", "--base", "HEAD"]);
    await running.says(/synthesizing/);
    running.child.kill("SIGINT");
    const { code, output } = await running.ended;
    expect({ code, output: output.includes("interrupted: the worktree is removed") }).toEqual({
      code: 130,
      output: true,
    });
    expect(existsSync(join(reviews, commit))).toBe(false);
    expect(worktrees()).toEqual([]);
    expect(git("worktree", "list")).not.toContain("build/review");
  });
});
