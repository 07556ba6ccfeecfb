import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findTerraform } from "../../../cli/terraform/executable";
import { loadEnvironments } from "../../../config";
import { type Ended, runPlatform, startOnTerminal } from "../platform-process";

const company = ["--project", "acme-data", "--region", "eu-west-1", "--emails", "data@acme.example"];

describe("init", () => {
  jest.setTimeout(60_000);

  let home: string;
  let directory: string;

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), "init-"));
    directory = join(home, "environments");
  });

  afterEach(() => rmSync(home, { recursive: true, force: true }));

  const init = (options: readonly string[], input = ""): Promise<Ended> =>
    runPlatform(["--environments", directory, "init", ...options], {}, input);

  test("writes what check accepts and terraform fmt would not change", async () => {
    const { code, output } = await init([
      ...["--yes", ...company, "--account", "333333333333", "prod=444444444444"],
      ...["--vpn", "dev=no", "--budget", "900", "prod=none", "--repository", "acme/platform"],
    ]);
    expect(output).toMatch(/^dev +333333333333 +eu-west-1 .* mw1\.micro$/m);
    expect(output).toMatch(/^prod +444444444444 +eu-west-1 .* mw1\.medium$/m);
    expect(code).toBe(0);
    expect(readdirSync(home)).toEqual(["environments"]);
    expect(statSync(directory).mode & 0o777).toBe(0o777 & ~process.umask());
    const warnings: unknown[] = [];
    const [dev, prod, staging] = await loadEnvironments(directory, undefined, (all) => warnings.push(...all));
    expect(warnings).toEqual([]);
    expect(dev).toMatchObject({
      project: "acme-data",
      owner: "data-platform",
      ci: { repository: "acme/platform" },
      access: { vpn: { enabled: false } },
      processing: { compute: "emr_serverless", maximum_units: 3 },
      orchestration: { notification_emails: ["data@acme.example"], mail_from: "airflow@acme.example" },
      observability: { budget: { monthly_usd: 900 } },
    });
    expect(prod).toMatchObject({ metadata: { multi_az: true }, access: { vpn: { enabled: true } } });
    expect(prod?.observability.budget).toBeUndefined();
    expect(staging).toMatchObject({ account_id: "333333333333", processing: { compute: "emr" } });
    expect([dev, staging, prod].map((one) => one?.ci?.deploy_after)).toEqual([undefined, "dev", "staging"]);
    const { command, prefix } = findTerraform(">= 1.11.0");
    const format = spawnSync(command, [...prefix, "fmt", "-check", "-diff", directory], { encoding: "utf8" });
    expect([format.stdout, format.status]).toEqual(["", 0]);
  });

  test("refuses every wrong option at once, and writes nothing", async () => {
    const { code, output } = await init([
      ...["--yes", "--project", "Acme", "--region", "eu-west-1", "--emails", "data@acme.example"],
      ...["--account", "333", "--size", "dev=huge", "--budget", "none"],
    ]);
    expect(code).toBe(1);
    expect(output).toBe(
      `✗ --project "Acme" does not have the right form; use 2 to 40 lower-case letters, digits and single hyphens, starting with a letter
  --account "333" does not have the right form; use the 12 digits of an AWS account id, in quotes
  --size "huge" is not a size; use one of small, standard, large
  nothing was written
  → platform init --help lists the options
`,
    );
    expect(readdirSync(home)).toEqual([]);
  });

  const answers = ["--yes", ...company, "--envs", "dev", "--account", "333333333333"];

  test("refuses a file for its folder, and a folder for its file", async () => {
    writeFileSync(directory, "mine");
    expect(await init(answers)).toMatchObject({
      code: 1,
      output: `✗ ${directory} is not a folder; nothing was written\n  → name a folder (--environments)\n`,
    });
    rmSync(directory);
    mkdirSync(join(directory, "dev.tfvars"), { recursive: true });
    const { code, output } = await init([...answers, "--force"]);
    expect(code).toBe(1);
    expect(output).toContain(
      `✗ ${directory}/dev.tfvars is a folder; nothing was written\n  → move it elsewhere`,
    );
  });

  test("two at once write one answer, and the other is refused", async () => {
    mkdirSync(directory);
    const both = await Promise.all([init(answers), init(answers)]);
    expect(both.map(({ code }) => code).sort()).toEqual([0, 1]);
    const refused = both.find(({ code }) => code === 1);
    expect(refused?.output).toContain(`${directory} has dev.tfvars already; nothing was written`);
    expect(readdirSync(home)).toEqual(["environments"]);
  });

  test("without questions what is missing is named, and so is an environment that there is not", async () => {
    const { code, output } = await init([
      "--yes",
      "--envs",
      "dev",
      "--region",
      "eu-west-1",
      "--vpn",
      "qa=no",
    ]);
    expect(code).toBe(1);
    const lines = output.split("\n").map((line) => line.replace(/;.*/, "").trim());
    expect(lines.slice(0, 5)).toEqual([
      "✗ --project is missing",
      "--emails is missing",
      "--mail-from is missing",
      '--vpn "qa=no" names no environment',
      "--account is missing",
    ]);
    expect(readdirSync(home)).toEqual([]);
  });

  test("asks on a terminal until each answer is right", async () => {
    const command = [
      "--environments",
      directory,
      "init",
      ...company,
      "--repository",
      "none",
      "--envs",
      "dev",
    ];
    const running = startOnTerminal([...command, "--size", "small"]);
    const answers: [RegExp, string][] = [
      [/Who answers for it \(a tag\) \[data-platform\]: $/, "analytics"],
      [/Who pays for it \(a tag\) \[analytics\]: $/, ""],
      [/Sender of Airflow's mails \[airflow@acme\.example\]: $/, ""],
      [/\bdev\b[\s\S]*AWS account: $/, "333"],
      [/"333" does not have the right form; use the 12 digits[\s\S]*AWS account: $/, "333333333333"],
      [/What the pipeline runs on \[emr_serverless\]: $/, ""],
      [/A VPN for people \(yes or no\) \[yes\]: $/, "no"],
      [/to be warned \[none\]: $/, ""],
    ];
    for (const [question, answer] of answers) {
      await running.says(unformatted(question));
      running.child.stdin.write(`${answer}\n`);
    }
    const { code, output } = await running.ended;
    expect(output).toContain("written to");
    expect(code).toBe(0);
    const [dev] = await loadEnvironments(directory);
    expect(dev).toMatchObject({ owner: "analytics", cost_centre: "analytics", account_id: "333333333333" });
  });

  test("is stopped by Ctrl-C, and has written nothing", async () => {
    const running = startOnTerminal(["--environments", directory, "init"]);
    await running.says(/Name of the platform/);
    running.child.stdin.write("\u0003");
    const { code, output } = await running.ended;
    expect(output).toContain("stopped; nothing was written");
    expect(code).toBe(130);
    expect(readdirSync(home)).toEqual([]);
  });

  test("reads answers from a pipe, and stops at its end", async () => {
    const { code, output } = await init(["--project", "acme-data"], "eu-wst-1\neu-west-1\n");
    expect(code).toBe(1);
    expect(output).toContain('"eu-wst-1" is not one of the known values; did you mean "eu-west-1"?');
    expect(output).toContain(
      '✗ "Who answers for it (a tag) [data-platform]" was not answered; nothing was written',
    );
    expect(existsSync(directory)).toBe(false);
  });

  test("replaces no file unless it may, and keeps what is beside them", async () => {
    const options = ["--yes", ...company, "--account", "333333333333", "--envs", "dev"];
    expect((await init(options)).code).toBe(0);
    const dev = join(directory, "dev.tfvars");
    const qa = readFileSync(dev, "utf8").replace('environment = "dev"', 'environment = "qa"');
    writeFileSync(join(directory, "qa.tfvars"), qa);
    const again = await init([...options, "--vpn", "no"]);
    expect(again.code).toBe(1);
    expect(again.output).toBe(
      `✗ ${directory} has dev.tfvars already; nothing was written\n  → name another folder (--environments), or replace them (--force)\n`,
    );
    expect((await init([...options, "--vpn", "no", "--force"])).code).toBe(0);
    expect(readFileSync(dev, "utf8")).toContain("enabled = false");
    expect(readFileSync(join(directory, "qa.tfvars"), "utf8")).toBe(qa);
    const apart = await init([
      "--yes",
      "--force",
      ...company,
      "--account",
      "333333333333",
      "--project",
      "other",
    ]);
    expect(apart.code).toBe(1);
    expect(apart.output).toContain(
      `${join(directory, "qa.tfvars")}:4  project = "acme-data"\n    differs from the "other" of ${dev}, in the same account`,
    );
    expect(apart.output).toContain("✗ these answers do not go together; nothing was written\n");
    expect(readdirSync(directory).sort()).toEqual(["dev.tfvars", "qa.tfvars"]);
    expect(readFileSync(dev, "utf8")).toContain('"acme-data"');
    expect(readdirSync(home)).toEqual(["environments"]);
  });
});

/** The same, whatever a terminal writes of colours and of the cursor behind a question. */
function unformatted(pattern: RegExp): RegExp {
  const { source } = pattern;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a terminal's own
  const ends = /(?:\u001b\[\d*[A-Za-z])*$/.source;
  return new RegExp(source.endsWith("$") ? `${source.slice(0, -1)}${ends}` : source);
}
