import { resolve } from "node:path";
import { loadEnvironments } from "../../../config";
import { dev, prod, streamed } from "../../stacks/environments";
import { everyResource, pick, type StackJson, stacksOf } from "../../stacks/synthesis";
import { listed, type PlacedStatement, statementsOf } from "../baseline/documents";
import { allows, type Context } from "./allows";
import { usedOfManagedPolicies } from "./managed";
import { resolveReferences } from "./references";

const account = "111111111111";
let committed: Map<string, StackJson>;
let all: Map<string, StackJson>[];

beforeAll(async () => {
  committed = stacksOf(await loadEnvironments(resolve("environments")));
  all = [committed, stacksOf([dev, prod]), stacksOf([streamed])];
}, 60_000);

const policyOf = (stacks: ReadonlyMap<string, StackJson>, of: string, name: string): string =>
  pick(stacks, `bootstrap-${of}`).resource?.aws_iam_policy?.[name].policy;

const ownTags = (environment: string): Context => ({
  "aws:ResourceTag/project": "big-data",
  "aws:ResourceTag/environment": environment,
});

/** What the request of a statement says: its key has the environment's tags, but the trail's, which is known by its alias. */
function contextOf({ statement }: PlacedStatement, environment: string): Context {
  const alias = statement.Condition?.["ForAnyValue:StringEquals"]?.["kms:ResourceAliases"];
  return statement.Sid === "UseTrailKey" ? { "kms:ResourceAliases": String(alias) } : ownTags(environment);
}

test("every role has a boundary: of its environment, or of CI", () => {
  const roles = all.flatMap((stacks) =>
    [...stacks].flatMap(([stack, json]) =>
      everyResource(json)
        .filter(({ type }) => type === "aws_iam_role")
        .map(({ block }) => [stack.split("-")[0], block.permissions_boundary]),
    ),
  );
  expect(roles.length).toBeGreaterThan(35);
  for (const [owner, boundary] of roles) {
    const expected =
      owner === "bootstrap" ? /aws_iam_policy\.ci_boundary\.arn/ : `big-data-${owner}(\\.auditor)?$`;
    expect(boundary).toMatch(new RegExp(expected));
  }
});

test("the boundary of an environment allows what its roles' policies allow", () => {
  const refused = all.flatMap((stacks) => {
    const identities = statementsOf(stacks).filter(
      ({ at, kind, statement }) =>
        kind === "identity" && statement.Effect === "Allow" && !at.startsWith("bootstrap"),
    );
    expect(identities.length).toBeGreaterThan(100);
    return identities.flatMap((one) => {
      const [stack = ""] = one.at.split(" ");
      const [environment = ""] = stack.split("-");
      const owner = pick(stacks, stack).provider.aws[0].allowed_account_ids[0];
      const boundary = policyOf(
        stacks,
        owner,
        `${one.at.includes("people_auditor") ? "auditor_" : ""}boundary_${environment}`,
      );
      return listed(one.statement.Action).flatMap((action) =>
        listed(one.statement.Resource)
          .map((resource) => resolveReferences(resource, stack, stacks))
          .filter((resource) => !allows(boundary, action, resource, contextOf(one, environment)))
          .map((resource) => `${one.at}: ${action} on ${resource}`),
      );
    });
  });
  // Refused: the role's policy has no effect on AWS. Allow it in policies/boundary.ts.
  expect(refused).toEqual([]);
});

test("the boundary of an environment allows what its roles use of AWS's policies", () => {
  const boundary = policyOf(committed, account, "boundary_dev");
  const context = { ...ownTags("dev"), "aws:ResourceTag/for-use-with-amazon-emr-managed-policies": "true" };
  expect(
    usedOfManagedPolicies.filter(([action, resource]) => !allows(boundary, action, resource, context)),
  ).toEqual([]);
  expect(allows(boundary, "ec2:CreateTags", "*", { "ec2:CreateAction": "RunInstances" })).toBe(true);
});

describe("a role that CI of dev makes, whatever its policies say,", () => {
  const may = (action: string, resource: string, context: Context = {}) =>
    allows(policyOf(committed, account, "boundary_dev"), action, resource, context);

  test.each([
    ["iam:CreateRole", "arn:aws:iam::111111111111:role/big-data-dev-x"],
    ["iam:PutRolePolicy", "arn:aws:iam::111111111111:role/big-data-dev-x"],
    ["iam:CreatePolicyVersion", "arn:aws:iam::111111111111:policy/boundary/big-data-dev"],
    ["iam:PassRole", "arn:aws:iam::111111111111:role/big-data-staging-emr-instance"],
    ["iam:PassRole", "arn:aws:iam::111111111111:role/ci/big-data-ci-apply-staging"],
    ["sts:AssumeRole", "arn:aws:iam::111111111111:role/ci/big-data-ci-apply-staging"],
    ["s3:GetObject", "arn:aws:s3:::big-data-staging-data-111111111111/raw/x"],
    ["s3:PutObject", "arn:aws:s3:::big-data-terraform-state-111111111111/big-data/dev/lake.tfstate"],
    ["s3:GetObject", "arn:aws:s3:::big-data-cloudtrail-111111111111/x"],
    [
      "secretsmanager:GetSecretValue",
      "arn:aws:secretsmanager:eu-north-1:111111111111:secret:big-data/staging/x",
    ],
    ["cloudtrail:StopLogging", "arn:aws:cloudtrail:eu-north-1:111111111111:trail/big-data-account"],
    ["lambda:UpdateFunctionCode", "arn:aws:lambda:eu-north-1:111111111111:function:x"],
    ["ssm:SendCommand", "arn:aws:ec2:eu-north-1:111111111111:instance/i-1"],
  ])("may not %s on %s", (action, resource) => {
    expect(may(action, resource)).toBe(false);
  });

  test.each([
    ["kms:Decrypt", "arn:aws:kms:eu-north-1:111111111111:key/1234"],
    ["elasticmapreduce:AddJobFlowSteps", "arn:aws:elasticmapreduce:eu-north-1:111111111111:cluster/j-1"],
    ["elasticmapreduce:AddTags", "arn:aws:elasticmapreduce:eu-north-1:111111111111:cluster/j-1"],
    ["emr-serverless:StartJobRun", "arn:aws:emr-serverless:eu-north-1:111111111111:/applications/00abc"],
  ])("may %s on what has dev's tags, and not on what has staging's", (action, resource) => {
    expect(may(action, resource, ownTags("dev"))).toBe(true);
    expect(may(action, resource, ownTags("staging"))).toBe(false);
  });
});

describe("a role of CI, whatever policies it is given,", () => {
  const may = (action: string, resource: string, context: Context = {}) =>
    allows(policyOf(committed, account, "ci_boundary"), action, resource, context);
  const bounded = (environment: string) => ({
    "iam:PermissionsBoundary": `arn:aws:iam::111111111111:policy/boundary/big-data-${environment}`,
  });
  const role = "arn:aws:iam::111111111111:role/x";

  test("does what its policies allow", () => {
    const ci = statementsOf(committed).filter(
      ({ at, kind, statement }) =>
        kind === "identity" && at.startsWith(`bootstrap-${account}`) && statement.Effect === "Allow",
    );
    expect(ci.length).toBeGreaterThan(50);
    const refused = ci.flatMap(({ at, statement }) =>
      listed(statement.Action).flatMap((action) =>
        listed(statement.Resource)
          .filter((resource) => !may(action, resource, bounded("dev")))
          .map((resource) => `${at}: ${action} on ${resource}`),
      ),
    );
    expect(refused).toEqual([]);
  });

  test("makes roles with the boundary of an environment of the account, and no others", () => {
    for (const action of ["iam:CreateRole", "iam:PutRolePolicy", "iam:AttachRolePolicy"]) {
      expect(may(action, role, bounded("dev"))).toBe(true);
      expect(may(action, role, bounded("other"))).toBe(false);
      expect(may(action, role)).toBe(false);
    }
    expect(may("iam:DeleteRolePermissionsBoundary", role, bounded("dev"))).toBe(false);
  });

  test.each([
    ["iam:PutRolePolicy", "arn:aws:iam::111111111111:role/ci/big-data-ci-apply-dev"],
    ["iam:CreatePolicyVersion", "arn:aws:iam::111111111111:policy/boundary/big-data-dev"],
    ["iam:CreatePolicyVersion", "arn:aws:iam::111111111111:policy/ci/big-data-ci-boundary"],
    ["iam:CreateUser", "arn:aws:iam::111111111111:user/x"],
    ["iam:CreateAccessKey", "arn:aws:iam::111111111111:user/x"],
    ["s3:PutObject", "arn:aws:s3:::big-data-terraform-state-111111111111/big-data/account/bootstrap.tfstate"],
    ["cloudtrail:StopLogging", "arn:aws:cloudtrail:eu-north-1:111111111111:trail/big-data-account"],
  ])("may not %s on %s", (action, resource) => {
    expect(may(action, resource, bounded("dev"))).toBe(false);
  });
});

test("a boundary has room: a document of IAM has 6,144 characters", () => {
  const boundaries = all.flatMap((stacks) =>
    [...stacks.values()].flatMap((json) => Object.entries(json.resource?.aws_iam_policy ?? {})),
  );
  const lengths = boundaries
    .filter(([name]) => /^(?:(?:auditor_)?boundary_\w+|ci_boundary)$/.test(name))
    .map(([, { policy }]) => policy.length);
  expect(lengths).toHaveLength(3 + 1 + 2 + 2 + 2 + 2 + 2 + 1);
  expect(Math.max(...lengths)).toBeLessThan(6144);
});
