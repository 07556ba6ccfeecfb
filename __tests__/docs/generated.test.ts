import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createProgram } from "../../cli/main";
import { renderBilled } from "../../cli/pages/billed-page";
import { renderCommands } from "../../cli/pages/commands-page";
import { readStackJson, readStacks, type Stack } from "../../cli/terraform/stacks";
import { type EnvironmentConfig, loadEnvironments } from "../../config";
import { synthesize } from "../../main";
import { root } from "./markdown";

const page = (file: string): string => readFileSync(join(root, "docs", file), "utf8");

describe("docs/commands.md", () => {
  test("is what the program says; `npm run docs:commands` writes it", () => {
    expect(page("commands.md")).toBe(renderCommands(createProgram()));
  });

  test("names no place of the machine that wrote it", () => {
    expect(renderCommands(createProgram())).not.toContain(root);
  });

  test("has every command", () => {
    const names = createProgram().commands.map((command) => command.name());
    expect(names.length).toBeGreaterThan(14);
    for (const name of names)
      expect(page("commands.md")).toMatch(new RegExp(`^## \`\\./platform ${name}\\b`, "m"));
  });
});

describe("of the synthesized stacks", () => {
  let configs: EnvironmentConfig[];
  let stacks: readonly Stack[];
  let outdir: string;

  beforeAll(async () => {
    outdir = mkdtempSync(join(tmpdir(), "pages-"));
    configs = await loadEnvironments(join(root, "environments"));
    synthesize(configs, outdir);
    stacks = readStacks(outdir);
  });

  afterAll(() => rmSync(outdir, { recursive: true }));

  test("docs/billed.md is what they hold; `npm run docs:billed` writes it", () => {
    expect(page("billed.md")).toBe(renderBilled(configs, stacks));
  });

  test("docs/billed.md counts what is there", () => {
    const rows = page("billed.md")
      .split("\n")
      .filter((line) => line.startsWith("| "));
    const cells = (what: string) =>
      rows
        .find((row) => row.startsWith(`| ${what} `))
        ?.split(" | ")
        .slice(1, 4);
    const [, prod] = configs.map(({ network }) => Object.keys(network.private_subnets).length);
    expect(cells("NAT gateways")).toEqual(["1", String(prod), "2"]);
    const endpoints = configs.map(({ network }) => network.interface_endpoints.length);
    expect(endpoints).toEqual([0, 4, 4]);
    expect(cells("interface endpoints, times zones")).toEqual(["–", String(4 * (prod ?? 0)), "8"]);
    expect(cells("trails")).toEqual(["–", "–", "–"]);
  });

  test("nothing that is billed by the hour is left out of it", () => {
    const hourly =
      /^aws_(?:nat_gateway|eip|db_instance|mwaa_environment|emrserverless_application|ec2_client_vpn_network_association|emr_cluster|instance|lb|elasticache_\w+|redshift_\w+|opensearch_domain|msk_cluster|kinesis_\w+|fsx_\w+|efs_file_system|rds_cluster\w*)$/;
    const types = new Set(
      stacks.flatMap(({ directory }) => Object.keys(readStackJson(directory).resource ?? {})),
    );
    const found = [...types].filter((type) => hourly.test(type)).sort();
    expect(found).toEqual([
      "aws_db_instance",
      "aws_ec2_client_vpn_network_association",
      "aws_eip",
      "aws_emrserverless_application",
      "aws_mwaa_environment",
      "aws_nat_gateway",
    ]);
  });

  test("the concepts' picture of the stacks is the one that they declare", () => {
    const text = page("guides/concepts.md");
    const [, picture = ""] = /## The stacks[\s\S]*?```mermaid\n([\s\S]*?)```/.exec(text) ?? [];
    const edges = [...picture.matchAll(/^ {2}(\w+)(?:\["[^"]*"\])? --> (\w+)/gm)].map(
      ([, from, to]) => `${from} ${to}`,
    );
    const declared = stacks
      .filter(({ id }) => id.startsWith("dev-"))
      .flatMap(({ id, dependencies }) => dependencies.map((from) => `${from.slice(4)} ${id.slice(4)}`));
    const reached = (from: string, to: string): boolean =>
      edges.includes(`${from} ${to}`) ||
      edges.some((edge) => edge.startsWith(`${from} `) && reached(edge.split(" ")[1] ?? "", to));
    expect(edges.length).toBeGreaterThan(10);
    expect(edges.filter((edge) => !declared.includes(edge))).toEqual([]);
    expect(
      declared.filter((edge) => {
        const [from = "", to = ""] = edge.split(" ");
        return !reached(from, to);
      }),
    ).toEqual([]);
  });
});
