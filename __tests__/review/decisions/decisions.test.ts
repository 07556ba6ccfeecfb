import { readFileSync } from "node:fs";
import { join } from "node:path";
import { loadEnvironments } from "../../../config";
import {
  decisionsOn,
  isDecidedType,
  isKind,
  presenceOf,
  type Table,
  UNDECIDED,
} from "../../../review/decisions";
import { parseDecision } from "../../../review/decisions/decision";
import terraform from "../../../review/decisions/terraform.json";
import texts from "../../../review/decisions/texts.json";
import { changedValues } from "../../../review/findings/decided/leaves";
import factsSchema from "../../../stacks/facts.schema.json";
import { root } from "../../docs/markdown";
import { type Block, stacksOf } from "../../stacks/synthesis";
import { synthesized } from "../synthesized";
import { committed, merged, settableArguments } from "./arguments";

const schema = settableArguments(root);

test("the table has every argument of the provider's schema; `npm run decisions` adds what is new", () => {
  const text = readFileSync(join(root, "review", "decisions", "aws.json"), "utf8");
  expect(schema.size).toBeGreaterThan(80);
  expect(text).toBe(`${JSON.stringify(merged(committed, schema), null, 2)}\n`);
});

test("a new argument is undecided, and one that the schema has lost goes", () => {
  const table = {
    aws_eip: { "(added)": "harmless", "(removed)": "harmless", old: "harmless", tags: "harmless" },
  };
  expect(merged(table, new Map([["aws_eip", ["fresh", "tags.name"]]]))).toEqual({
    aws_eip: { "(added)": "harmless", "(removed)": "harmless", fresh: UNDECIDED, tags: "harmless" },
  });
});

test("every decision of every table can be read", () => {
  const tables: readonly Table[] = [committed, terraform, texts].flatMap((one) => Object.values<Table>(one));
  for (const [path, decision] of tables.flatMap((table) => Object.entries(table)))
    for (const text of [decision].flat())
      if (text !== UNDECIDED && !(path.startsWith("(") && isKind(text)))
        expect(() => parseDecision(text)).not.toThrow();
  expect(() => parseDecision("exposes when")).toThrow('"exposes when" is not a decision');
  expect(() => parseDecision("by nobody")).toThrow();
  expect(() => parseDecision("frightens when true")).toThrow();
});

test("at most a fifth of what can be set is undecided, and no type comes or goes undecided", () => {
  const values = Object.values(committed).flatMap((table) => Object.values(table));
  const undecided = values.filter((decision) => decision === UNDECIDED).length;
  expect(undecided).toBeLessThan(values.length / 5);
  for (const type of Object.keys(committed)) {
    expect([type, presenceOf(type, "(added)"), presenceOf(type, "(removed)")]).not.toContain(UNDECIDED);
  }
});

/** What a stack sets and nothing is decided about. */
function undecidedIn(json: Block): string[] {
  return (["resource", "data"] as const).flatMap((kind) =>
    Object.entries<Record<string, Block>>(json[kind] ?? {}).flatMap(([name, blocks]) => {
      const type = kind === "data" ? `data.${name}` : name;
      return Object.values(blocks).flatMap(({ "//": _, ...body }) => undecidedOf(type, body, kind));
    }),
  );
}

function undecidedOf(type: string, body: object, kind: "resource" | "data"): string[] {
  if (!isDecidedType(type)) return [type];
  const attributes = Object.entries(body).map(([path, after]) => ({ path, after, replaces: "no" as const }));
  return changedValues(attributes)
    .filter(({ path }) => path !== "parameter.name" && decisionsOn(type, path, kind) === undefined)
    .map(({ path }) => `${type}.${path}`);
}

test("nothing that the environments set is undecided", async () => {
  const shipped = stacksOf(await loadEnvironments(join(root, "environments")));
  const everything = stacksOf(await loadEnvironments(join(root, "examples", "everything")));
  const found = [...shipped.values(), ...everything.values(), ...synthesized.values()].flatMap(undecidedIn);
  expect([...new Set(found)]).toEqual([]);
});

test("every fact is decided", () => {
  const facts = Object.values<Block>(factsSchema.$defs).flatMap(({ properties }) =>
    Object.keys(properties ?? {}),
  );
  const undecided = facts.filter(
    (fact) =>
      decisionsOn("aws_secretsmanager_secret_version", `secret_string.${fact}`, "resource") === undefined &&
      !Object.keys(texts.facts).some((path) => path.startsWith(`${fact}.`)),
  );
  expect(facts.length).toBeGreaterThan(30);
  // Options of Spark are decided one by one.
  expect(undecided).toEqual(["spark_conf"]);
});
