import { arrowDiff, lineDiff, oneSided, wordDiff } from "../../../review/page/text-diff";

test("a long text is compared word by word", () => {
  const { markup } = wordDiff("Objects without folders", "Objects with folders");
  expect(markup).toBe(
    `<code class="words">Objects <del><span class="unseen">was </span>without</del><ins><span class="unseen">now </span>with</ins> folders</code>`,
  );
});

test("many lines are compared line by line, and what is far from a change is left out", () => {
  const before = Array.from({ length: 30 }, (_, index) => `line ${index}`);
  const after = [...before];
  after[15] = "another line";
  const text = lineDiff(before.join("\n"), after.join("\n")).markup.replace(/<[^>]+>/g, "");
  expect(text.split("\n").slice(0, -1)).toEqual([
    "  …",
    "  line 12",
    "  line 13",
    "  line 14",
    "− line 15",
    "+ another line",
    "  line 16",
    "  line 17",
    "  line 18",
    "  …",
  ]);
});

test("short values stand beside each other, old and new in words too", () => {
  const text = arrowDiff("7", "1").markup.replace(/<[^>]+>/g, "");
  expect(text).toBe("was 7 → now 1");
});

test("every value is escaped", () => {
  const hostile = "<img src=x>";
  const parts = [
    wordDiff(hostile, "a"),
    lineDiff(hostile, "a"),
    arrowDiff("a", hostile),
    oneSided(hostile, "after"),
  ];
  for (const { markup } of parts) {
    expect(markup).not.toContain("<img");
    expect(markup).toContain("&lt;");
  }
});
