import type { Json } from "../../review/change";
import { compareRevisions } from "../../review/compare";
import { differences } from "../../review/compare/attributes";
import { nameStack } from "../../review/read";
import { pick, ref } from "../stacks/synthesis";
import { at, changesBy, drop, editJson, rename, statement, synthesized } from "./synthesized";

const stacks = [...synthesized].map(([id, json]) => nameStack(id, json));

test("a stack is its environment's, whatever dashes are in its name; an account's has no other", () => {
  const tags = (environment: string): Record<string, Json> => ({
    provider: { aws: [{ default_tags: [{ tags: { environment } }] }] },
  });
  expect(nameStack("dev-two-lake", tags("dev-two"))).toMatchObject({ environment: "dev-two", stack: "lake" });
  expect(nameStack("bootstrap-1", tags("account"))).toMatchObject({
    environment: "account",
    stack: "bootstrap-1",
  });
  expect(nameStack("dev-lake", {})).toMatchObject({ environment: "dev", stack: "lake" });
});

test("the same twice has every stack and no change", () => {
  const review = compareRevisions({ name: "a", stacks }, { name: "b", stacks });
  expect(review).toMatchObject({ version: 1, base: "a", head: "b", source: "json" });
  expect(review.stacks).toHaveLength(synthesized.size);
  expect(review.stacks.flatMap(({ changes }) => changes)).toEqual([]);
});

test("a stack that comes or goes comes or goes block by block", () => {
  const lake = stacks.filter(({ environment, stack }) => environment === "dev" && stack === "lake");
  const review = compareRevisions({ name: "a", stacks: [] }, { name: "b", stacks: lake });
  const resources = Object.values(pick(synthesized, "dev-lake").resource ?? {}).flatMap(Object.keys);
  expect(review.stacks).toHaveLength(1);
  const added = review.stacks[0]?.changes.filter(({ type }) => type.startsWith("aws_")) ?? [];
  expect(added).toHaveLength(resources.length);
  expect(new Set(added.map(({ action }) => action))).toEqual(new Set(["add"]));
});

describe("attributes", () => {
  const paths = (before: Record<string, Json>, after: Record<string, Json>): string[] =>
    differences(before, after).map(({ path }) => path);

  test("are told by the keys of lists, not by their places", () => {
    const rules = [
      { id: "raw", days: 1 },
      { id: "marts", days: 2 },
    ];
    expect(
      paths(
        { rule: rules },
        {
          rule: [
            { id: "marts", days: 3 },
            { id: "new", days: 4 },
          ],
        },
      ),
    ).toEqual(["rule[id=marts].days", "rule[id=new]", "rule[id=raw]"]);
    expect(paths({ ingress: [{ rule_no: 100, port: 1 }] }, { ingress: [{ rule_no: 100, port: 2 }] })).toEqual(
      ["ingress[rule_no=100].port"],
    );
  });

  test("of lists without keys are told by content: an item more is one difference", () => {
    const [one, two, three] = [{ a: 1 }, { a: 2 }, { a: 3 }];
    expect(paths({ block: [one, two] }, { block: [three, one, two] })).toEqual(["block[0]"]);
    expect(paths({ block: [one, two] }, { block: [two, one] })).toEqual([]);
  });

  test("of a block that occurs once need no index", () => {
    expect(paths({ filter: [{ prefix: "a" }] }, { filter: [{ prefix: "b" }] })).toEqual(["filter.prefix"]);
  });

  test("of sets are the same in any order; columns and what a stack publishes are no sets", () => {
    expect(paths({ subnet_ids: ["a", "b"] }, { subnet_ids: ["b", "a"] })).toEqual([]);
    expect(paths({ value: ["a", "b"] }, { value: ["b", "a"] })).toEqual(["value"]);
    const columns = [{ name: "a" }, { name: "b" }];
    expect(paths({ columns }, { columns: [...columns].reverse() })).toEqual(["columns (order)"]);
  });

  test("inside JSON texts are attributes; what says the same is the same", () => {
    const policy = (actions: Json): Json =>
      JSON.stringify({
        Statement: [{ Sid: "Read", Action: actions, Resource: ref("aws_s3_bucket.data.arn") }],
      });
    expect(paths({ policy: policy(["a", "b"]) }, { policy: policy(["b", "a"]) })).toEqual([]);
    expect(differences({ policy: policy("a") }, { policy: policy("b") })).toEqual([
      { path: "policy.Statement[Sid=Read].Action", before: ["a"], after: ["b"] },
    ]);
  });

  test("that come or go have one side", () => {
    expect(differences({ a: 1 }, { b: null, c: 2 })).toEqual([
      { path: "a", before: 1 },
      { path: "c", after: 2 },
    ]);
  });
});

describe("moves", () => {
  test("with a moved block are moves; without one they destroy and create", () => {
    const [from, to] = ["aws_eip.nat_gateways_a", "aws_eip.nat_a"];
    const edit = (moved: boolean) =>
      changesBy("dev-network", (json) => {
        Object.assign(json, JSON.parse(JSON.stringify(json).replaceAll(`${from}.`, `${to}.`)));
        rename(json, from, to);
        if (moved)
          json.moved = [
            { from, to: "aws_eip.nat" },
            { from: "aws_eip.nat", to },
          ];
      }).map(({ address, action, movedFrom }) => ({ address, action, movedFrom }));
    expect(edit(true)).toEqual([{ address: to, action: "move", movedFrom: from }]);
    expect(edit(false)).toEqual([
      { address: to, action: "add", movedFrom: undefined },
      { address: from, action: "remove", movedFrom: undefined },
      { address: "aws_nat_gateway.nat_gateways_a", action: "change", movedFrom: undefined },
    ]);
  });

  test("that have lost their block are hinted at", () => {
    const changes = changesBy("dev-lake", (json) =>
      rename(json, "aws_s3_bucket.logs", "aws_s3_bucket.records"),
    );
    const removed = changes.find(({ action }) => action === "remove");
    expect(removed?.findings.map(({ sentence }) => sentence)).toEqual([
      "Is destroyed: every object in it would be lost. aws_s3_bucket.records reads the same: if it is the same, a moved block keeps it.",
    ]);
  });
});

describe("replacement", () => {
  test("is told by attribute, and unknown for types that no table has", () => {
    const [change] = changesBy("prod-metadata", (json) => {
      Object.assign(at(json, "aws_db_instance.store"), { username: "other", port: 5433, tags: { a: "b" } });
    });
    expect(change).toMatchObject({ replacement: "yes" });
    expect(change?.attributes.map(({ path, replaces }) => `${path} ${replaces}`)).toEqual([
      "port no",
      "tags no",
      "username yes",
    ]);
    const [budget] = changesBy("dev-observability", (json) => {
      at(json, "aws_budgets_budget.monthly").name = "other";
    });
    expect(budget).toMatchObject({ type: "aws_budgets_budget", replacement: "unknown" });
  });

  test("takes along what hangs on the replaced, and no more", () => {
    const changes = changesBy("dev-network", (json) => {
      at(json, "aws_subnet.subnets_public_vpn").cidr_block = "10.100.9.0/24";
    });
    expect(changes.map(({ address, replacement }) => `${address} ${replacement}`)).toEqual([
      "aws_nat_gateway.nat_gateways_a yes",
      "aws_subnet.subnets_public_vpn yes",
    ]);
  });

  test("of a subnet group's name is no replacement of its database: the name is known", () => {
    const changes = changesBy("dev-metadata", (json) => {
      at(json, "aws_db_subnet_group.store").name = "other";
    });
    expect(changes.map(({ address }) => address)).toEqual(["aws_db_subnet_group.store"]);
  });

  test("by a major version of Airflow, not by a minor one", () => {
    const replacement = (version: string): string | undefined =>
      changesBy("dev-orchestration", (json) => {
        at(json, "aws_mwaa_environment.airflow").airflow_version = version;
      })[0]?.replacement;
    expect([replacement("3.1.0"), replacement("4.0.0")]).toEqual(["no", "yes"]);
  });
});

describe("findings", () => {
  const sentences = (...args: Parameters<typeof changesBy>): string[] =>
    changesBy(...args).flatMap(({ findings }) =>
      findings.map(({ category, risk, sentence }) => `${risk ? "!" : "-"} ${category}: ${sentence}`),
    );

  test("of access name what was and what will be", () => {
    const edited = sentences("dev-processing", (json) =>
      editJson(json, "aws_iam_role_policy.emr_instance_jobs", "policy", (policy) => {
        statement(policy, "UseKey").Action = "kms:*";
      }),
    );
    expect(edited).toEqual([
      "! access: Statement UseKey now allows kms:* on data.terraform_remote_state.lake.outputs.data_kms_key_arn.",
    ]);
    expect(
      sentences("dev-network", (json) => {
        at(json, "aws_vpc_security_group_ingress_rule.metadata_from_vpn").to_port = 5500;
      }),
    ).toEqual(["! access: Lets tcp 5432–5500 in from aws_security_group.vpn.id."]);
  });

  test("of a rule that opens to the world are two: access and exposure", () => {
    const opened = sentences("prod-network", (json) => {
      const rule = at(json, "aws_vpc_security_group_ingress_rule.endpoints_interface_https_from_vpc");
      rule.cidr_ipv4 = "0.0.0.0/0";
    });
    expect(opened).toEqual([
      "! access: Lets tcp 443 in from 0.0.0.0/0.",
      "! exposure: The whole internet is let in: tcp 443 in from 0.0.0.0/0.",
    ]);
  });

  test("of data say what would be lost, and of a policy gone with its bucket nothing", () => {
    const gone = sentences("prod-lake", (json) => {
      for (const type of Object.keys(json.resource)) {
        if (type.startsWith("aws_s3_bucket") && json.resource[type].athena) drop(json, `${type}.athena`);
      }
    });
    expect(gone).toEqual(["! data: Is destroyed: every object in it would be lost."]);
  });

  test("of what is safer and cheaper are no risks", () => {
    const better = sentences("dev-metadata", (json) => {
      Object.assign(at(json, "aws_db_instance.store"), {
        deletion_protection: true,
        instance_class: "db.t4g.nano",
      });
    });
    expect(better).toEqual([
      "- data: Safer: deletion_protection was false and is true.",
      "- cost: instance_class: db.t4g.nano instead of db.t4g.micro.",
    ]);
  });
});
