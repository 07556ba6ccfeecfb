import type { Change, Finding, Review } from "../../review/change";
import { LONGEST_COMMENT, MARKER, renderMarkdown } from "../../review/markdown";
import { remarksOf } from "../../review/summary";

function changed(name: string, findings: readonly Finding[], rest: Partial<Change> = {}): Change {
  return {
    environment: "dev",
    stack: "lake",
    address: `aws_s3_bucket.${name}`,
    type: "aws_s3_bucket",
    action: "change",
    replacement: "no",
    attributes: [{ path: "bucket", before: "a`b", after: "c", replaces: "yes" }],
    findings,
    ...rest,
  };
}

function reviewOf(changes: readonly Change[], environments = ["dev"]): Review {
  const stacks = environments.map((environment) => ({
    environment,
    stack: "lake",
    changes: changes.map((change) => ({ ...change, environment })),
  }));
  return { version: 1, base: "main", head: "working tree", source: "json", stacks };
}

const widened: Finding = {
  category: "access",
  risk: true,
  sentence: "Allows s3:* on arn:aws:s3:::x/* to @team <b>.",
};
const safer: Finding = { category: "data", risk: false, sentence: "Safer." };

test("says nothing but that nothing changes, when nothing does", () => {
  expect(renderMarkdown(reviewOf([]))).toBe(
    `${MARKER}\n### Review: \`main\` → \`working tree\`\n\n` +
      "**No risk found.** Nothing changes in 1 stacks, from the synthesized JSON.\n",
  );
});

test("has the risks open, and everything else folded", () => {
  const text = renderMarkdown(reviewOf([changed("data", [widened, safer])], ["dev", "prod"]));
  expect(text.startsWith(`${MARKER}\n`)).toBe(true);
  const open = text.replaceAll(/<details>[\s\S]*?<\/details>/g, "");
  expect(open).toContain("**1 risk: 1 of access.** 2 to change in 2 of 2 stacks, from the synthesized JSON.");
  expect(open).toContain("#### Access\n\n- **dev, prod · lake** `aws_s3_bucket.data`: Allows s3:\\* on");
  expect(open).not.toContain("Safer");
  expect(text.match(/<details>/g)).toHaveLength(3);
  expect(text).toContain('-   bucket: "a`b" (forces the replacement)\n+   bucket: "c"');
});

test("takes the meaning from what means something to Markdown or GitHub", () => {
  const text = renderMarkdown(reviewOf([changed("data", [widened])]));
  expect(text).toContain("arn:aws:s3:::x/\\* to @\u200bteam \\<b\\>.");
});

test("fences a diff by more backticks than are in it", () => {
  const ticks = changed("data", [], { attributes: [{ path: "a", before: "```", after: 1, replaces: "no" }] });
  expect(renderMarkdown(reviewOf([ticks]))).toContain("\n````diff\n");
});

describe("when it is too long", () => {
  const many = Array.from({ length: 2_000 }, (_, index) =>
    changed(`b${index}`, [{ ...widened, sentence: `${widened.sentence} ${index}` }, safer]),
  );

  test("fits GitHub's limit, and counts what it left out", () => {
    const text = renderMarkdown(reviewOf(many));
    expect(text.length).toBeLessThanOrEqual(LONGEST_COMMENT);
    const listed = text.match(/^- \*\*dev/gm)?.length ?? 0;
    const [, omitted] = /\*\*([\d,]+) more risks of access\*\*/.exec(text) ?? [];
    expect(listed).toBeGreaterThan(100);
    expect(listed + Number(omitted?.replace(",", ""))).toBe(2_000);
    expect(text).toContain("what narrows, protects or saves; the details of 1 stack.");
    expect(text).toContain("**2,000 risks: 2,000 of access.**");
  });

  test("keeps the risks of every category before any detail", () => {
    const one = [changed("data", [widened, { ...widened, category: "cost" }])];
    const whole = renderMarkdown(reviewOf(one));
    const short = renderMarkdown(reviewOf(one), whole.length + 700);
    expect(short).not.toContain("<details>");
    expect(short).toContain("#### Access");
    expect(short).toContain("#### Cost");
    expect(short).toContain("Left out: the details of 1 stack.");
  });
});

test("what is said of the same resource in several environments is said once, by category", () => {
  const cost: Finding = { category: "cost", risk: true, sentence: "More." };
  const remarks = remarksOf(reviewOf([changed("a", [cost]), changed("b", [widened])], ["dev", "prod"]));
  expect(remarks.map(({ category, environments, address }) => [category, environments, address])).toEqual([
    ["access", ["dev", "prod"], "aws_s3_bucket.b"],
    ["cost", ["dev", "prod"], "aws_s3_bucket.a"],
  ]);
});
