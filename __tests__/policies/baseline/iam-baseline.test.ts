import { resolve } from "node:path";
import { loadEnvironments } from "../../../config";
import { dev, prod } from "../../stacks/environments";
import { stacksOf } from "../../stacks/synthesis";
import { actionsOf, type KnownAction } from "./actions";
import { listed, type PlacedStatement, statementsOf } from "./documents";
import { everyResource, wholeServices, withoutSource } from "./exceptions";

let sources: PlacedStatement[][];
let all: PlacedStatement[];
let known: Map<string, KnownAction[]>;

beforeAll(async () => {
  const committed = await loadEnvironments(resolve("environments"));
  const everything = await loadEnvironments(resolve("examples", "everything"));
  sources = [committed, everything, [dev, prod]].map((configs) => statementsOf(stacksOf(configs)));
  all = sources.flat();
  const patterns = [...new Set(all.flatMap(({ statement }) => listed(statement.Action)))];
  known = new Map(await Promise.all(patterns.map(async (one) => [one, await actionsOf(one)] as const)));
}, 60_000); // six environments are synthesized, on whatever machine

/** What is granted; an endpoint's policy and a boundary grant nothing, they hold back what others have granted. */
const allowing = () =>
  all.filter(
    ({ kind, statement }) => statement.Effect === "Allow" && kind !== "boundary" && kind !== "endpoint",
  );
const uses = ({ statement }: PlacedStatement, exception: { sid: string; action: string }) =>
  statement.Sid === exception.sid && listed(statement.Action).includes(exception.action);

test("documents are found in every kind of place", () => {
  const counts = { boundary: 0, endpoint: 0, identity: 0, resource: 0, trust: 0 };
  for (const { kind } of all) counts[kind] += 1;
  expect(counts.boundary).toBeGreaterThan(50);
  expect(counts.endpoint).toBeGreaterThan(50);
  expect(counts.identity).toBeGreaterThan(200);
  expect(counts.resource).toBeGreaterThan(60);
  expect(counts.trust).toBeGreaterThan(25);
});

test("every action exists, misspelled ones do not", async () => {
  expect(known.size).toBeGreaterThan(150);
  const unknown = [...known].filter(([, actions]) => actions.length === 0).map(([pattern]) => pattern);
  expect(unknown).toEqual([]);
  expect(await actionsOf("s3:GetObjekt")).toEqual([]);
  expect(await actionsOf("nothing:Get*")).toEqual([]);
});

describe("no statement allows all actions of a service", () => {
  const whole = (one: PlacedStatement) =>
    listed(one.statement.Action).filter((action) => /^\*|^[^:]+:\*$/.test(action));

  test("but the listed ones", () => {
    const found = allowing().filter((one) => whole(one).length > 0);
    const excused = found.filter((one) =>
      whole(one).every((action) =>
        wholeServices.some(({ sid, ...rest }) => uses(one, { sid, ...rest, action })),
      ),
    );
    expect(found.filter((one) => !excused.includes(one)).map(({ at }) => at)).toEqual([]);
  });

  test("and what is listed is still there", () => {
    expect(wholeServices.filter((exception) => !allowing().some((one) => uses(one, exception)))).toEqual([]);
  });
});

describe("no statement allows an action on every resource that IAM knows resources for", () => {
  /** The patterns of a statement on `*` that stand for an action with resources. */
  const tooWide = ({ statement }: PlacedStatement) =>
    listed(statement.Resource).includes("*")
      ? listed(statement.Action).filter((action) => known.get(action)?.some((one) => !one.needsEverything))
      : [];
  const identities = () => allowing().filter(({ kind }) => kind === "identity");

  test("but the listed ones", () => {
    const found = identities().flatMap((one) => tooWide(one).map((action) => ({ one, action })));
    expect(found.length).toBeGreaterThan(0);
    const unexcused = found.filter(
      ({ one, action }) =>
        !everyResource.some(({ sid, action: excused }) => action === excused && uses(one, { sid, action })),
    );
    expect(unexcused.map(({ one, action }) => `${one.at}: ${action}`)).toEqual([]);
  });

  test("and what is listed is still there, and still too wide", () => {
    const stale = everyResource.filter(
      (exception) =>
        !identities().some((one) => uses(one, exception) && tooWide(one).includes(exception.action)),
    );
    expect(stale).toEqual([]);
  });
});

/** Source: Service Authorization Reference, column "Resource types": an action without one is granted on `*` or not at all. */
test("an action that IAM knows no resource for is granted on every resource", () => {
  const identities = allowing().filter(({ kind }) => kind === "identity");
  const named = identities.flatMap((one) =>
    listed(one.statement.Action)
      .filter((action) => known.get(action)?.every(({ needsEverything }) => needsEverything))
      .map((action) => ({ one, action })),
  );
  expect(named.length).toBeGreaterThan(50);
  const narrowed = named.filter(({ one }) => !listed(one.statement.Resource).includes("*"));
  expect(narrowed.map(({ one, action }) => `${one.at}: ${action}`)).toEqual([]);
});

describe("a service acts for this account's resources only", () => {
  const services = ({ statement: { Principal } }: PlacedStatement) =>
    typeof Principal === "object" ? listed(Principal.Service) : [];
  /** Keys of conditions by which a service says for whom it acts. */
  const sourceKeys = /^(?:aws:SourceAccount|aws:SourceArn|kms:EncryptionContext:aws:logs:arn)$/;
  const bound = ({ statement: { Condition = {} } }: PlacedStatement) =>
    Object.values(Condition).some((keys) =>
      Object.entries(keys).some(
        ([key, value]) => sourceKeys.test(key) && /(?:111111111111|222222222222)/.test(String(value)),
      ),
    );
  const excused = (one: PlacedStatement) =>
    services(one).every((service) => withoutSource.some((exception) => exception.service === service));

  test("wherever one is admitted", () => {
    const admitting = allowing().filter((one) => services(one).length > 0);
    expect(admitting.length).toBeGreaterThan(25);
    expect(admitting.filter((one) => !bound(one) && !excused(one)).map(({ at }) => at)).toEqual([]);
  });

  test("and a service that cannot say so is still admitted somewhere, unbound", () => {
    const unbound = allowing().filter((one) => services(one).length > 0 && !bound(one));
    const stale = withoutSource.filter(
      ({ service }) => !unbound.some((one) => services(one).includes(service)),
    );
    expect(stale).toEqual([]);
  });
});

test("nobody is admitted without a condition, and everybody nowhere without the account", () => {
  const everybody = allowing().filter(({ statement: { Principal } }) =>
    JSON.stringify(Principal ?? "").includes('"*"'),
  );
  expect(everybody.length).toBeGreaterThan(0);
  const open = everybody.filter(
    ({ statement }) => !JSON.stringify(statement.Condition ?? {}).match(/1{12}|2{12}/),
  );
  expect(open.map(({ at }) => at)).toEqual([]);
});

test("every statement has an id of letters and digits, its own in its document", () => {
  expect(all.filter(({ statement }) => !/^[A-Za-z0-9]+$/.test(statement.Sid ?? ""))).toEqual([]);
  const twice = sources.flatMap((source) =>
    source.filter(({ at }, index) => source.findIndex((other) => other.at === at) < index),
  );
  expect(twice.map(({ at }) => at)).toEqual([]);
});
