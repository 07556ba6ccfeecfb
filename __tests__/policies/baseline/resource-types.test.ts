import { join, resolve } from "node:path";
import { loadEnvironments } from "../../../config";
import { dev, prod } from "../../stacks/environments";
import { stacksOf } from "../../stacks/synthesis";
import { actionsOf } from "./actions";
import { listed, type PlacedStatement, statementsOf } from "./documents";
import { unusedResourceTypes } from "./exceptions";
import { overlap, type ResourceType, resourceTypesOf } from "./resource-types";

/** A resource of a statement; what Terraform fills in later may be anything. */
const arnsOf = ({ statement }: PlacedStatement) =>
  listed(statement.Resource).map((arn) => arn.replace(/\$\{[^}]*\}/g, "*"));

let statements: { one: PlacedStatement; patterns: string[][] }[];
let types: Map<string, ResourceType[]>;

beforeAll(async () => {
  const folders = ["environments", join("examples", "everything")];
  const loaded = await Promise.all(folders.map((folder) => loadEnvironments(resolve(folder))));
  const configs = [...loaded, [dev, prod]];
  const identities = configs
    .flatMap((some) => statementsOf(stacksOf(some)))
    .filter(({ kind, statement }) => kind === "identity" && statement.Effect === "Allow");
  statements = await Promise.all(
    identities.map(async (one) => {
      const patterns = await Promise.all(listed(one.statement.Action).map(actionsOf));
      return { one, patterns: patterns.map((actions) => actions.map(({ name }) => name)) };
    }),
  );
  const names = [...new Set(statements.flatMap(({ patterns }) => patterns.flat()))];
  types = new Map(await Promise.all(names.map(async (name) => [name, await resourceTypesOf(name)] as const)));
}, 60_000);

const reaches = (arns: readonly string[], action: string) =>
  (types.get(action) ?? []).some((type) => arns.some((arn) => overlap(arn, type.arn)));

test("patterns overlap where some ARN matches both", () => {
  expect(overlap("arn:aws:rds:*:1:db:x-*", "arn:*:rds:*:*:db:*")).toBe(true);
  expect(overlap("arn:aws:rds:*:1:db:x-*", "arn:*:rds:*:*:og:*")).toBe(false);
  expect(overlap("*", "arn:*:logs:*:*:log-group:*")).toBe(true);
});

test("every resource of a statement is of a type that one of its actions is authorized on", () => {
  const dead = statements.flatMap(({ one, patterns }) =>
    arnsOf(one)
      .filter((arn) => arn !== "*" && !patterns.flat().some((action) => reaches([arn], action)))
      .map((arn) => `${one.at}: ${arn}`),
  );
  expect(dead).toEqual([]);
});

test("every action of a statement is authorized on one of its resources", () => {
  const idle = statements.flatMap(({ one, patterns }) => {
    const arns = arnsOf(one);
    if (arns.includes("*")) return [];
    return patterns
      .filter((actions) => !actions.some((action) => reaches(arns, action)))
      .map((actions) => `${one.at}: ${actions[0]}`);
  });
  expect(idle).toEqual([]);
});

test("a role of CI reaches every type of resource of its actions, but those that the platform has none of", () => {
  const roleOf = ({ at }: PlacedStatement) =>
    /^(\S+ aws_iam_policy\.ci_(?:plan|apply_[a-z]+))_/.exec(at)?.[1];
  /** Tags are put on whatever the platform has; a pattern stands for more than it uses. */
  const exact = statements.flatMap(({ one, patterns }) =>
    patterns.flatMap(([action = "", ...others]) => {
      const role = others.length === 0 && !/tag/i.test(action) && roleOf(one);
      return role ? [{ role, action }] : [];
    }),
  );
  expect(exact.length).toBeGreaterThan(500);
  const missing = exact.flatMap(({ role, action }) => {
    const allowing = statements.filter(
      ({ one, patterns }) => roleOf(one) === role && patterns.flat().includes(action),
    );
    const own = allowing.flatMap(({ one }) => arnsOf(one));
    const unreached = (types.get(action) ?? []).filter(({ arn }) => !own.some((one) => overlap(one, arn)));
    return unreached.map(({ name }) => ({ action, type: `${action.split(":")[0]}:${name}` }));
  });
  const excused = unusedResourceTypes.map(({ type }) => type);
  expect(missing.filter(({ type }) => !excused.includes(type))).toEqual([]);
  expect(excused.filter((type) => !missing.some((one) => one.type === type))).toEqual([]);
});
