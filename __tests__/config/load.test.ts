import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { buildSync } from "esbuild";
import {
  ConfigurationError,
  formatProblems,
  loadEnvironment,
  loadEnvironments,
  type Problem,
} from "../../config";
import { validSource } from "./invalid/base";
import { minimalSource } from "./minimal";

const minimal = minimalSource("dev");

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "environments-"));
});

afterEach(() => rmSync(directory, { recursive: true }));

function write(files: Record<string, string>): void {
  for (const [name, source] of Object.entries(files)) writeFileSync(join(directory, name), source);
}

async function problemsOf(loading: Promise<unknown>): Promise<readonly Problem[]> {
  try {
    await loading;
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
  return [];
}

/** The problems of the test's directory as they are printed, without the directory. */
async function printed(): Promise<string[]> {
  const problems = await problemsOf(loadEnvironments(directory));
  return formatProblems(problems).replaceAll(`${directory}/`, "").split("\n\n");
}

describe("valid environments", () => {
  test("those of the repository, by file name", async () => {
    const environments = await loadEnvironments(resolve("environments"));
    expect(environments.map(({ environment, account_id }) => [environment, account_id])).toEqual([
      ["dev", "111111111111"],
      ["prod", "222222222222"],
      ["staging", "111111111111"],
    ]);
    expect(environments.map(({ network }) => network.nat_gateways)).toEqual([
      "single",
      "per_zone",
      "per_zone",
    ]);
  });

  test("a minimal file has every default, the documented layout among them", async () => {
    write({ "dev.tfvars": minimal });
    const environment = await loadEnvironment(join(directory, "dev.tfvars"));
    expect(environment.allowed_account_ids).toEqual(["111111111111"]);
    expect(environment.state).toEqual({ region: "eu-north-1" });
    expect(environment.network).toEqual({
      vpc_name: "big-data-VPC",
      vpc_cidr: "10.100.0.0/16",
      public_subnets: {
        vpn: { cidr: "10.100.0.0/24", zone: "a" },
        application: { cidr: "10.100.1.0/24", zone: "b" },
      },
      private_subnets: { a: { cidr: "10.100.3.0/24", zone: "a" }, b: { cidr: "10.100.4.0/24", zone: "b" } },
      database_subnets: { a: { cidr: "10.100.5.0/24", zone: "a" }, b: { cidr: "10.100.6.0/24", zone: "b" } },
      nat_gateways: "per_zone",
      interface_endpoints: ["logs", "secretsmanager", "sqs", "elasticmapreduce"],
      flow_logs: { traffic: "ALL", retention_days: 365 },
      vpn_client_cidr: "10.0.0.0/16",
    });
    expect(environment.lake.force_destroy).toBe(false);
    expect(environment.processing.emr_release).toBe("emr-7.8.0");
    expect(environment.orchestration.weekly_maintenance_window).toBe("SUN:14:00");
  });

  test("minimal endpoints are no interface endpoint", async () => {
    write({ "dev.tfvars": `${minimal}\nnetwork = { endpoints = "minimal" }\n` });
    const { network } = await loadEnvironment(join(directory, "dev.tfvars"));
    expect(network).toMatchObject({ nat_gateways: "per_zone", interface_endpoints: [] });
  });

  test("what a file sets replaces the default", async () => {
    const source = `${minimal}\nallowed_account_ids = ["111111111111", "333333333333"]\nstate = { region = "eu-west-1" }\n`;
    write({ "dev.tfvars": source });
    const environment = await loadEnvironment(join(directory, "dev.tfvars"));
    expect(environment.allowed_account_ids).toEqual(["111111111111", "333333333333"]);
    expect(environment.state).toEqual({ region: "eu-west-1" });
  });

  test("a byte order mark and Windows line ends are no error", async () => {
    write({ "prod.tfvars": `\uFEFF${validSource.replaceAll("\n", "\r\n")}` });
    expect(await loadEnvironments(directory)).toHaveLength(1);
  });
});

describe("all problems at once", () => {
  test("of all files, syntax errors beside wrong values and rules about several keys", async () => {
    write({
      "dev.tfvars": minimal.replace('"big-data"', '"big-data'),
      "prod.tfvars": validSource
        .replace('"eu-north-1"', '"eu-nord-1"')
        .replace("10.100.3.0/24", "10.200.3.0/24")
        .replace("minimum_units           = 2", "minimum_units           = 20")
        .replace('"INFO"', '"LOUD"'),
    });
    const problems = await problemsOf(loadEnvironments(directory));
    expect(
      problems.map(({ file, line, path }) => `${file.slice(directory.length + 1)}:${line} ${path}`),
    ).toEqual([
      "dev.tfvars:2 ",
      "prod.tfvars:4 region",
      "prod.tfvars:14 network.private_subnets.a.cidr",
      "prod.tfvars:34 processing.core_spot_units",
      "prod.tfvars:35 processing.minimum_units",
      "prod.tfvars:48 orchestration.log_level",
    ]);
  });

  test("a default that no longer fits is shown as one, at the section that is there", async () => {
    write({ "dev.tfvars": `${minimal}\nprocessing = {\n  core_spot_units = 9\n  maximum_units = 12\n}\n` });
    expect(await printed()).toEqual([
      "dev.tfvars:14  processing.core_spot_units = 9\n    and core_on_demand_units 0 start the cluster with 9 core nodes, above processing.maximum_core_units 6; use at most 6 in sum",
      "1 problem in 1 file",
    ]);
    write({ "dev.tfvars": `${minimal}\nprocessing = {\n  maximum_units = 5\n}\n` });
    expect(await printed()).toEqual([
      "dev.tfvars:13  processing.maximum_core_units = 6 (the default)\n    is above processing.maximum_units 5; use at most 5, or raise maximum_units",
      "1 problem in 1 file",
    ]);
  });

  test("an empty file lacks every required key", async () => {
    write({ "dev.tfvars": "" });
    const problems = await problemsOf(loadEnvironments(directory));
    expect(problems.map(({ path, message }) => `${path} ${message}`)).toEqual([
      "project is missing",
      "environment is missing",
      "account_id is missing",
      "region is missing",
      "owner is missing",
      "cost_centre is missing",
      "orchestration is missing",
    ]);
  });
});

describe("environments together", () => {
  test("those of one account agree on project and state region", async () => {
    const other = minimal
      .replace('"dev"', '"test"')
      .replace('"big-data"', '"other-data"')
      .replace("eu-north-1", "eu-west-1");
    write({ "dev.tfvars": minimal, "test.tfvars": other });
    expect(await printed()).toEqual([
      'test.tfvars:2  project = "other-data"\n    differs from the "big-data" of dev.tfvars, in the same account 111111111111: they share one state bucket; use "big-data"',
      'test.tfvars:5  region = "eu-west-1"\n    differs from the "eu-north-1" of dev.tfvars, in the same account 111111111111: they share one state bucket; use "eu-north-1"',
      "2 problems in 1 file",
    ]);
  });

  test("those of one account agree on what exists once per account", async () => {
    const shared = `permissions_boundary = "boundary"
ci = { repository = "example-org/platform" }
account = { trail = { expire_days = 365 }, cost_anomaly = { emails = ["costs@example.com"] } }
`;
    const other = shared
      .replace('"boundary"', '"fence"')
      .replace("org/platform", "org/other")
      .replace("365", "400")
      .replace("costs@", "money@");
    write({ "dev.tfvars": minimal + shared, "test.tfvars": minimal.replace('"dev"', '"test"') + other });
    const differs = (value: string) =>
      `\n    differs from the ${value} of dev.tfvars, in the same account 111111111111: it exists once per account; use ${value}`;
    expect(await printed()).toEqual([
      `test.tfvars:12  permissions_boundary = "fence"${differs('"boundary"')}`,
      `test.tfvars:13  ci.repository = "example-org/other"${differs('"example-org/platform"')}`,
      `test.tfvars:14  account.cost_anomaly.emails = ["money@example.com"]${differs('["costs@example.com"]')}`,
      `test.tfvars:14  account.trail.expire_days = 400${differs("365")}`,
      "4 problems in 1 file",
    ]);
  });

  test("those of one account agree on the repository's numbers, which one file may give alone", async () => {
    const ci = (numbers: string) => `\nci = { repository = "example-org/platform"${numbers} }\n`;
    const other = minimal.replace('"dev"', '"test"');
    write({
      "dev.tfvars": minimal + ci(", owner_id = 1, repository_id = 2"),
      "test.tfvars": other + ci(""),
    });
    expect(await loadEnvironments(directory)).toHaveLength(2);
    write({
      "dev.tfvars": minimal + ci(", owner_id = 1, repository_id = 2"),
      "test.tfvars": other + ci(", owner_id = 1, repository_id = 3"),
    });
    expect((await printed())[0]).toMatch(/ci\.repository_id = 3\n {4}differs from the 2 of dev\.tfvars/);
  });

  test("a setting of the account that one file leaves out is its default there", async () => {
    const set = `${minimal}\naccount = { spot_service_linked_role = false }\n`;
    write({ "dev.tfvars": set, "test.tfvars": minimal.replace('"dev"', '"test"') });
    expect(await printed()).toEqual([
      "test.tfvars:1  account.spot_service_linked_role = true (the default)\n    differs from the false of dev.tfvars, in the same account 111111111111: it exists once per account; use false",
      "1 problem in 1 file",
    ]);
  });

  test("a state region of its own lets an environment live in another region", async () => {
    const other = minimal.replace('"dev"', '"test"').replace("eu-north-1", "eu-west-1");
    write({ "dev.tfvars": minimal, "test.tfvars": `${other}\nstate = { region = "eu-north-1" }\n` });
    expect(await loadEnvironments(directory)).toHaveLength(2);
  });

  test("none is the beginning of another where CI knows them by their names", async () => {
    const ci = '\nci = { repository = "example-org/platform" }\n';
    const other = minimal.replace('"dev"', '"dev-two"');
    write({ "dev.tfvars": minimal, "dev-two.tfvars": other });
    expect(await loadEnvironments(directory)).toHaveLength(2);
    write({ "dev.tfvars": minimal + ci, "dev-two.tfvars": other + ci });
    expect(await printed()).toEqual([
      'dev.tfvars:3  environment = "dev"\n    begins like the "dev-two" of dev-two.tfvars, so that the role by which CI applies one could change the other; use names of which none is the beginning of the other',
      "1 problem in 1 file",
    ]);
  });

  test("those of different accounts need not agree", async () => {
    const other = minimal.replace('"dev"', '"test"').replace("eu-north-1", "eu-west-1");
    write({ "dev.tfvars": minimal, "test.tfvars": other.replace("111111111111", "222222222222") });
    expect(await loadEnvironments(directory)).toHaveLength(2);
  });

  test("a copied file is the same environment twice", async () => {
    write({ "dev.tfvars": minimal, "test.tfvars": minimal });
    expect(await printed()).toEqual([
      'test.tfvars:3  environment = "dev"\n    is not the file\'s name, test; use "test", or rename the file to dev.tfvars',
      'test.tfvars:3  environment = "dev"\n    is the environment of dev.tfvars again: same project, account and name; use another name',
      "2 problems in 1 file",
    ]);
  });
});

describe("files", () => {
  test("a directory without environments, and one that is not there", async () => {
    expect(await printed()).toEqual([
      `${directory}\n    has no file whose name ends in .tfvars; add one for each environment, for example dev.tfvars`,
      "1 problem in 1 file",
    ]);
    const missing = join(directory, "missing");
    expect(await problemsOf(loadEnvironments(missing))).toEqual([
      {
        file: missing,
        line: 0,
        path: "",
        value: undefined,
        defaulted: false,
        message: "cannot be read (ENOENT)",
        allowed: "name a place that exists and that you may read",
      },
    ]);
  });

  test("a file that is not there is a problem of its own", async () => {
    const problems = await problemsOf(loadEnvironment(join(directory, "dev.tfvars")));
    expect(problems.map(({ message }) => message)).toEqual(["cannot be read (ENOENT)"]);
  });

  test("paths below the working directory are shown relative to it", async () => {
    const problems = await problemsOf(loadEnvironment(resolve("environments/none.tfvars")));
    expect(problems.map(({ file }) => file)).toEqual(["environments/none.tfvars"]);
  });
});

test("loading needs neither cdktf nor the provider", () => {
  const stdin = {
    resolveDir: resolve("."),
    contents: `require("./config").loadEnvironments("environments").then(report);
    function report() { console.log(JSON.stringify(Object.keys(require.cache))); }`,
  };
  const outfile = resolve(`build/config-loading-${process.pid}.cjs`);
  buildSync({ stdin, outfile, bundle: true, platform: "node", packages: "external", logLevel: "error" });
  try {
    const loaded: string[] = JSON.parse(execFileSync(process.execPath, [outfile], { encoding: "utf8" }));
    expect(
      loaded.filter((path) => /node_modules.(?:cdktf|constructs|@cdktf.provider-aws)/.test(path)),
    ).toEqual([]);
    expect(loaded.length).toBeGreaterThan(0);
  } finally {
    rmSync(outfile);
  }
});
