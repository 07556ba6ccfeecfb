import { applyTrust, planTrust, type Repository } from "../../../policies/ci/trust";
import type { Statement } from "../../../policies/statement";

const place = { region: "eu-north-1", accountId: "111111111111" };
const china = { region: "cn-north-1", accountId: "111111111111" };
const github = "token.actions.githubusercontent.com";
const named: Repository = { name: "org/repo" };
const numbered: Repository = { name: "org/repo", ids: { owner: 123456, repository: 456789 } };

const statementOf = (document: string): Statement => JSON.parse(document).Statement[0];
const conditionOf = (document: string): NonNullable<Statement["Condition"]> =>
  statementOf(document).Condition ?? {};

/** Whether a token with these claims passes every condition, as IAM compares: `*` in StringLike alone is a wildcard. */
function admits(document: string, claims: Readonly<Record<string, string>>): boolean {
  return Object.entries(conditionOf(document)).every(([operator, keys]) =>
    Object.entries(keys).every(([key, wanted]) => {
      const claim = claims[key.slice(github.length + 1)];
      return [wanted].flat().some((pattern) => {
        if (operator === "StringEquals") return pattern === claim;
        const escaped = pattern.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*");
        return claim !== undefined && new RegExp(`^${escaped}$`).test(claim);
      });
    }),
  );
}

const token = (sub: string, claims: Readonly<Record<string, string>> = {}) => ({
  aud: "sts.amazonaws.com",
  ref: "refs/heads/main",
  repository_id: "456789",
  sub,
  ...claims,
});

const contexts = {
  plan: ["pull_request", "ref:refs/heads/main", "ref:refs/heads/release"],
  apply: ["environment:dev"],
};
const trusts = (repository: Repository, where = place) => ({
  plan: planTrust(where, repository, ["main", "release"]),
  apply: applyTrust(where, { repository, branch: "main", environment: "dev" }),
});

describe.each(["plan", "apply"] as const)("the role to %s", (role) => {
  const prefixes = ["repo:org/repo", "repo:org@123456/repo@456789"];
  const own = prefixes.flatMap((prefix) => contexts[role].map((context) => `${prefix}:${context}`));

  test.each([
    ["by its names", named],
    ["by its numbers", numbered],
  ])("is taken by the repository known %s, with either form of subject", (_, repository) => {
    for (const where of [place, china]) {
      const trust = trusts(repository, where)[role];
      expect(own.filter((sub) => !admits(trust, token(sub)))).toEqual([]);
    }
  });

  test("is refused to any other repository, context and audience", () => {
    const [context = ""] = contexts[role];
    const foreign = [
      `repo:org/other:${context}`,
      `repo:other/repo:${context}`,
      `repo:org@123456/other@1:${context}`,
      `repo:org-two@123456/repo@456789:${context}`,
      `repo:org@1/other@2:environment:x/repo@3%3A${context}`,
      `repo:org/repo:${context}-two`,
      "repo:org/repo:environment:prod",
      "repo:org@123456/repo@456789:environment:prod",
      "repo:org@123456/repo@456789:ref:refs/heads/feature",
    ];
    for (const repository of [named, numbered]) {
      const trust = trusts(repository)[role];
      expect(foreign.filter((sub) => admits(trust, token(sub)))).toEqual([]);
      expect(own.filter((sub) => admits(trust, token(sub, { aud: "other" })))).toEqual([]);
    }
  });

  test("is refused to a repository that took over the name, where the numbers are known", () => {
    const [context = ""] = contexts[role];
    const successor = { repository_id: "999" };
    const [old, current] = [`repo:org/repo:${context}`, `repo:org@777/repo@999:${context}`];
    for (const sub of [old, current])
      expect(admits(trusts(numbered)[role], token(sub, successor))).toBe(false);
    expect(admits(trusts(numbered, china)[role], token(current, successor))).toBe(false);
    expect(admits(trusts(named)[role], token(current, successor))).toBe(true);
  });
});

test("with the numbers every claim is compared as a whole, by what STS validates in the partition", () => {
  const { plan, apply } = trusts(numbered);
  expect(statementOf(plan)).toEqual({
    Sid: "AssumedByGitHub",
    Effect: "Allow",
    Principal: { Federated: `arn:aws:iam::111111111111:oidc-provider/${github}` },
    Action: "sts:AssumeRoleWithWebIdentity",
    Condition: {
      StringEquals: {
        [`${github}:aud`]: "sts.amazonaws.com",
        [`${github}:sub`]: [
          "repo:org/repo:pull_request",
          "repo:org@123456/repo@456789:pull_request",
          "repo:org/repo:ref:refs/heads/main",
          "repo:org@123456/repo@456789:ref:refs/heads/main",
          "repo:org/repo:ref:refs/heads/release",
          "repo:org@123456/repo@456789:ref:refs/heads/release",
        ],
        [`${github}:repository_id`]: "456789",
      },
    },
  });
  expect(Object.keys(conditionOf(apply).StringEquals ?? {}).map((key) => key.split(":")[1])).toEqual([
    "aud",
    "sub",
    "repository_id",
    "ref",
  ]);
  const elsewhere = conditionOf(trusts(numbered, china).apply);
  expect(Object.keys(elsewhere.StringEquals ?? {})).toEqual([`${github}:aud`, `${github}:sub`]);
});

test("an apply is bound to its branch where STS validates that claim", () => {
  const other = token("repo:org/repo:environment:dev", { ref: "refs/heads/feature" });
  for (const repository of [named, numbered]) {
    expect(admits(trusts(repository).apply, other)).toBe(false);
    expect(admits(trusts(repository, china).apply, other)).toBe(true);
  }
});
