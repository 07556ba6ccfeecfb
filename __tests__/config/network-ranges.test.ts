import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseCidr } from "../../base/cidr";
import { formatProblems, loadEnvironments, type Problem } from "../../config";
import { minimalSource } from "./minimal";

/** An environment that says nothing of its network but `network`, and nothing of its VPN but `access`. */
const environment = (name: string, network = "", access = ""): string =>
  `${minimalSource(name)}${network}\n${access}\n`;

const noVpn = "access = { vpn = { enabled = false } }";

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "ranges-"));
});

afterEach(() => rmSync(directory, { recursive: true }));

/** The warnings of some environments as they are printed, without the directory. */
async function warned(...sources: readonly [name: string, source: string][]): Promise<string[]> {
  for (const [name, source] of sources) writeFileSync(join(directory, `${name}.tfvars`), source);
  const found: Problem[] = [];
  await loadEnvironments(directory, undefined, (warnings) => found.push(...warnings));
  return found.length === 0
    ? []
    : formatProblems(found, "warning").replaceAll(`${directory}/`, "").split("\n\n");
}

describe("environments that can never be connected are warned of", () => {
  test("when they leave their ranges to the defaults", async () => {
    expect(await warned(["dev", environment("dev")], ["prod", environment("prod")])).toEqual([
      expect.stringMatching(
        /^prod\.tfvars:\d+ {2}network\.vpc_cidr = "10\.100\.0\.0\/16" \(the default\)\n {4}overlaps network\.vpc_cidr 10\.100\.0\.0\/16 of .*dev\.tfvars: the two can never be connected; before the first apply, use a range apart from it, for example 10\.1\.0\.0\/16$/,
      ),
      expect.stringMatching(
        /^prod\.tfvars:\d+ {2}network\.vpn_client_cidr = "10\.0\.0\.0\/16" \(the default\)\n {4}overlaps network\.vpn_client_cidr 10\.0\.0\.0\/16 of .*, for example 172\.16\.0\.0\/16$/,
      ),
      "2 warnings in 1 file",
    ]);
  });

  test("when the range of one's clients is in the other's VPC", async () => {
    const clients = 'network = { vpn_client_cidr = "10.101.0.0/22" }';
    const other =
      'network = { vpc_cidr = "10.101.0.0/16", public_subnets = { a = { cidr = "10.101.0.0/24", zone = "a" } }, nat_gateways = "single", private_subnets = { a = { cidr = "10.101.3.0/24", zone = "a" }, b = { cidr = "10.101.4.0/24", zone = "b" } }, database_subnets = { a = { cidr = "10.101.5.0/24", zone = "a" }, b = { cidr = "10.101.6.0/24", zone = "b" } } }';
    const [first = "", count] = await warned(
      ["dev", environment("dev", clients)],
      ["prod", environment("prod", other, noVpn)],
    );
    expect(first).toMatch(
      /^prod\.tfvars:\d+ {2}network\.vpc_cidr = .*\n {4}overlaps network\.vpn_client_cidr 10\.101\.0\.0\/22 of/,
    );
    expect(count).toBe("1 warning in 1 file");
  });
});

test("the range of clients is nobody's where there is no VPN", async () => {
  const warnings = await warned(
    ["dev", environment("dev", "", noVpn)],
    ["prod", environment("prod", "", noVpn)],
  );
  expect(warnings).toHaveLength(2);
  expect(warnings[0]).toContain("network.vpc_cidr");
});

test("nobody is warned of one environment", async () => {
  expect(await warned(["dev", environment("dev")])).toEqual([]);
});

test("nobody is warned while something is wrong", async () => {
  await expect(
    warned(["dev", environment("dev")], ["prod", environment("prod", 'network = { nat_gateways = "two" }')]),
  ).rejects.toThrow("1 problem in 1 file");
});

test("the shipped environments have ranges apart from each other, with no default among them", async () => {
  const found: Problem[] = [];
  const configs = await loadEnvironments(resolve("environments"), undefined, (all) => found.push(...all));
  expect(found).toEqual([]);
  const ranges = configs.flatMap(({ network }) => [network.vpc_cidr, network.vpn_client_cidr]);
  expect(new Set(ranges.map((range) => parseCidr(range)?.first)).size).toBe(6);
});
