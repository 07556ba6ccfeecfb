import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { ConfigurationError, formatProblems, inDeploymentOrder, loadEnvironments } from "../../config";
import { validSource } from "./invalid/base";

const remedy = "remove the key from the environment that is deployed first";

describe("the order of deployment", () => {
  let directory: string;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "environments-"));
  });

  afterEach(() => rmSync(directory, { recursive: true }));

  /** Writes environments that differ in name and in what they are deployed after. */
  const write = (environments: Readonly<Record<string, string | undefined>>): void => {
    for (const [name, before] of Object.entries(environments)) {
      const after = before === undefined ? "" : `\n  deploy_after = "${before}"`;
      const ci = `ci = {\n  repository = "example-org/platform"${after}\n}\n`;
      writeFileSync(join(directory, `${name}.tfvars`), validSource.replace('"prod"', `"${name}"`) + ci);
    }
  };

  const order = async (): Promise<string[]> =>
    inDeploymentOrder(await loadEnvironments(directory)).map(({ environment }) => environment);

  /** The problems of the directory as they are printed, with the line numbers, without the directory. */
  const printed = async (): Promise<string[]> => {
    try {
      await loadEnvironments(directory);
    } catch (error) {
      if (!(error instanceof ConfigurationError)) throw error;
      return formatProblems(error.problems).replaceAll(`${directory}/`, "").split("\n\n");
    }
    return [];
  };

  test("of this repository is dev, staging, prod", async () => {
    const configs = inDeploymentOrder(await loadEnvironments(resolve("environments")));
    expect(configs.map(({ environment, ci }) => [environment, ci?.deploy_after])).toEqual([
      ["dev", undefined],
      ["staging", "dev"],
      ["prod", "staging"],
    ]);
  });

  test("is by name where no environment waits for another", async () => {
    write({ qa: undefined, dev: undefined, prod: undefined });
    expect(await order()).toEqual(["dev", "prod", "qa"]);
  });

  test("puts each environment after the one that it names, and several after the same one", async () => {
    write({ america: "staging", europe: "staging", staging: "test", test: undefined, zoo: undefined });
    expect(await order()).toEqual(["test", "zoo", "staging", "america", "europe"]);
  });

  test("refuses an environment that does not exist", async () => {
    write({ dev: undefined, prod: "stagin", staging: "quality" });
    expect(await printed()).toEqual([
      'prod.tfvars:89  ci.deploy_after = "stagin"\n    does not name an environment of this folder; did you mean "staging"?',
      'staging.tfvars:89  ci.deploy_after = "quality"\n    does not name an environment of this folder; use one of "dev", "prod", or remove the key',
      "2 problems in 2 files",
    ]);
  });

  test("refuses another environment where there is only one", async () => {
    write({ prod: "staging" });
    expect(await printed()).toEqual([
      'prod.tfvars:89  ci.deploy_after = "staging"\n    does not name an environment of this folder; remove the key',
      "1 problem in 1 file",
    ]);
  });

  test("refuses an environment that waits for itself", async () => {
    write({ dev: undefined, prod: "prod" });
    expect(await printed()).toEqual([
      `prod.tfvars:89  ci.deploy_after = "prod"\n    is this environment; ${remedy}`,
      "1 problem in 1 file",
    ]);
  });

  test("reports a circle once, and not for the environments that wait for it", async () => {
    write({ america: "prod", dev: "prod", prod: "staging", staging: "dev" });
    expect(await printed()).toEqual([
      `dev.tfvars:89  ci.deploy_after = "prod"\n    leads back to this environment: dev after prod, prod after staging, staging after dev; ${remedy}`,
      "1 problem in 1 file",
    ]);
  });

  test("accepts an environment whose file has other errors", async () => {
    write({ dev: undefined, prod: "dev" });
    writeFileSync(join(directory, "dev.tfvars"), 'project = "big-data\n');
    const problems = await printed();
    expect(problems).toHaveLength(2);
    expect(problems[0]).toMatch(/^dev\.tfvars:1/);
  });
});
