import { cidrCovers } from "../../base/cidr";
import type { Json } from "../../review/change";
import { uncovered } from "../../review/policy/compare";
import { parsePolicy } from "../../review/policy/document";
import { covers } from "../../review/policy/pattern";
import { sayGained, sayLost } from "../../review/policy/sentence";
import { ref } from "../stacks/synthesis";

const bucket = ref("aws_s3_bucket.data.arn");

test.each([
  ["s3:*", "s3:Get*", true],
  ["s3:Get*", "s3:GetObject", true],
  ["s3:GetObject", "s3:Get*", false],
  ["s3:Get*", "s3:*", false],
  ["*", "anything", true],
  ["a?c", "abc", true],
  ["a?c", "a*c", false],
  ["a*c", "a?c", true],
  ["*b*", "abab", true],
  ["*b", "abac", false],
  [`${bucket}/*`, `${bucket}/raw/*`, true],
  [`${bucket}/raw/*`, `${bucket}/*`, false],
  ["arn:aws:s3:::d?ta", bucket, false],
  ["arn:aws:s3:::*", bucket, false],
  ["arn:*:s3:::*", "arn:aws:s3:::data", true],
])("%s covers %s: %s", (pattern, other, expected) => {
  expect(covers(pattern, other)).toBe(expected);
});

test.each([
  ["10.0.0.0/8", "10.1.0.0/16", true],
  ["10.1.0.0/16", "10.0.0.0/8", false],
  ["0.0.0.0/0", "10.0.0.0/8", true],
  ["0.0.0.0/0", "::/0", false],
  ["::/0", "2001:db8::/32", true],
  ["0.0.0.0/0", ref("aws_vpc.vpc.cidr_block"), true],
  [ref("aws_vpc.vpc.cidr_block"), "10.0.0.0/8", false],
  ["10.0.0.1", "10.0.0.1/32", true],
])("%s holds %s: %s", (range, other, expected) => {
  expect(cidrCovers(range, other)).toBe(expected);
});

/** What one policy of one statement gains and loses as another, in words. */
function compared(before: Json, after: Json): { gained: string[]; lost: string[] } {
  const [was = [], is = []] = [before, after].map((one) => parsePolicy({ Statement: [one] }));
  return { gained: uncovered(is, was).map(sayGained), lost: uncovered(was, is).map(sayLost) };
}

const read = { Sid: "Read", Effect: "Allow", Action: ["s3:GetObject", "s3:ListBucket"], Resource: [bucket] };
const nothing = { gained: [], lost: [] };

test.each<[string, Json]>([
  ["the order of actions", { ...read, Action: ["s3:ListBucket", "s3:GetObject"] }],
  ["the case of actions", { ...read, Action: ["S3:getobject", "s3:LISTBUCKET"] }],
  ["a text for a list of one", { ...read, Resource: bucket }],
  ["another Sid", { ...read, Sid: "ReadData" }],
  ["no Sid", { Effect: "Allow", Action: read.Action, Resource: bucket }],
  ["an action twice", { ...read, Action: [...read.Action, "s3:GetObject"] }],
])("%s makes no difference", (_, after) => {
  expect(compared(read, after)).toEqual(nothing);
});

test("says which actions, resources and principals are gained and lost", () => {
  const after = { ...read, Action: ["s3:Get*", "s3:PutObject"], Principal: { AWS: "999999999999" } };
  expect(compared({ ...read, Principal: { AWS: "999999999999" } }, after)).toEqual({
    gained: [
      "Statement Read now allows s3:Get* and s3:PutObject on aws_s3_bucket.data.arn to AWS:arn:aws:iam::999999999999:root.",
    ],
    lost: [
      "Statement Read no longer allows s3:ListBucket on aws_s3_bucket.data.arn to AWS:arn:aws:iam::999999999999:root.",
    ],
  });
});

const from = (account: string): Json => ({ StringEquals: { "aws:SourceAccount": account } });

test("says which conditions go, come and take other values", () => {
  const plain = "s3:GetObject and s3:ListBucket on aws_s3_bucket.data.arn";
  expect(compared({ ...read, Condition: from("1") }, read)).toEqual({
    gained: [`Statement Read now allows ${plain} without StringEquals aws:SourceAccount 1.`],
    lost: [],
  });
  expect(compared(read, { ...read, Condition: from("1") })).toEqual({
    gained: [],
    lost: [`Statement Read allows ${plain} only with StringEquals aws:SourceAccount 1.`],
  });
  expect(compared({ ...read, Condition: from("1") }, { ...read, Condition: from("2") }).gained).toEqual([
    `Statement Read now allows ${plain} with StringEquals aws:SourceAccount 2 instead of StringEquals aws:SourceAccount 1.`,
  ]);
});

const condition = (operator: string, ...values: string[]): Json => ({
  ...read,
  Condition: { [operator]: { "aws:PrincipalArn": values } },
});

test.each<[string, Json, Json, boolean]>([
  [
    "one value more of a condition",
    condition("StringEquals", "a"),
    condition("StringEquals", "a", "b"),
    true,
  ],
  ["one value less", condition("StringEquals", "a", "b"), condition("StringEquals", "a"), false],
  [
    "one value less of a negation",
    condition("StringNotEquals", "a", "b"),
    condition("StringNotEquals", "a"),
    true,
  ],
  [
    "one value more of a negation",
    condition("StringNotEquals", "a"),
    condition("StringNotEquals", "a", "b"),
    false,
  ],
  ["a pattern for a value", condition("StringEquals", "a"), condition("StringLike", "*"), true],
  ["a value for a pattern", condition("StringLike", "a*"), condition("StringEquals", "ab"), false],
  [
    "a condition that a missing key meets",
    condition("StringEquals", "a"),
    condition("StringEqualsIfExists", "a"),
    true,
  ],
  ["a wider range", condition("IpAddress", "10.1.0.0/16"), condition("IpAddress", "10.0.0.0/8"), true],
  ["a narrower range", condition("IpAddress", "10.0.0.0/8"), condition("IpAddress", "10.1.0.0/16"), false],
])("%s widens: %s", (_, before, after, widens) => {
  expect(compared(before, after).gained.length > 0).toBe(widens);
});

test("all but some actions is wider than some, and narrower with more exceptions", () => {
  const but = (...actions: string[]): Json => ({ Effect: "Allow", NotAction: actions, Resource: "*" });
  expect(compared({ Effect: "Allow", Action: "s3:*", Resource: "*" }, but("iam:*")).gained).toEqual([
    "A statement without a Sid now allows all but iam:*.",
  ]);
  expect(compared(but("iam:*"), but("iam:*", "s3:*")).gained).toEqual([]);
  expect(compared(but("iam:*", "s3:*"), but("iam:*")).gained).toHaveLength(1);
  expect(compared(but("iam:*"), { Effect: "Allow", Action: "s3:GetObject", Resource: "*" }).gained).toEqual(
    [],
  );
  expect(compared(but("iam:*"), { Effect: "Allow", Action: "*", Resource: "*" }).gained).toHaveLength(1);
});

test("everybody is written in two ways", () => {
  const who = (principal: Json): Json => ({ ...read, Principal: principal });
  expect(compared(who("*"), who({ AWS: "*" }))).toEqual(nothing);
  expect(compared(who({ AWS: "111111111111" }), who({ AWS: ["arn:aws:iam::111111111111:root"] }))).toEqual(
    nothing,
  );
  expect(compared(who({ Service: "ec2.amazonaws.com" }), who("*")).gained).toEqual([
    "Statement Read now allows s3:GetObject and s3:ListBucket on aws_s3_bucket.data.arn to everybody.",
  ]);
});

test("what is new is told with what it asks for", () => {
  const ours = { StringEquals: { "aws:PrincipalAccount": "111111111111" } };
  expect(compared(null, { ...read, Principal: "*", Condition: ours }).gained).toEqual([
    "Statement Read now allows s3:GetObject and s3:ListBucket on aws_s3_bucket.data.arn to everybody with StringEquals aws:PrincipalAccount 111111111111.",
  ]);
});

test("what is no policy is none: text, and expressions that only Terraform can read", () => {
  expect(parsePolicy(ref("data.aws_iam_policy_document.read.json"))).toBeUndefined();
  expect(parsePolicy("{}")).toBeUndefined();
  expect(parsePolicy('{"Statement":')).toBeUndefined();
});
