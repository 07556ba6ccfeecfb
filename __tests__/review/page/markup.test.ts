import { renderPage } from "../../../review/page";
import { hostile, reviewOf, revisions } from "../revisions";

const both = revisions();

test("no value is markup, wherever it stands", async () => {
  const [place] = both.head;
  if (!place) throw new Error("nothing is synthesized");
  const json = {
    resource: { [hostile]: { [hostile]: { name: hostile, [hostile]: { [hostile]: hostile } } } },
  };
  const stack = { environment: hostile, stack: hostile, json };
  const head = [...both.head, stack];
  const review = reviewOf({ base: both.base, head }, hostile);
  const page = await renderPage(review, head);
  expect(review.stacks.flatMap(({ changes }) => changes).map(({ type }) => type)).toContain(hostile);
  expect(page).not.toContain("<img");
  expect(page.match(/<\/script>/g)).toHaveLength(1);
  expect(page).toContain("&lt;img");
});

test("the same review gives the same page, and no address of another place is in it", async () => {
  const review = reviewOf(both);
  const [one, other] = [await renderPage(review, both.head), await renderPage(review, both.head)];
  expect(one).toBe(other);
  expect(one.length).toBeGreaterThan(50_000);
  expect(one.length).toBeLessThan(1_000_000);
  expect(one).not.toMatch(/(src|href)="(?!#)/);
  expect(one).toContain("default-src &#39;none&#39;".replaceAll("&#39;", "'"));
});

test("what matters begins with what it is about", async () => {
  const page = await renderPage(reviewOf(both), both.head);
  const items =
    page
      .match(/<ul class="remarks risk">.*?<\/ul>/gs)
      ?.join("")
      .match(/<li>.*?<p>/gs) ?? [];
  expect(items.length).toBeGreaterThan(0);
  for (const item of items)
    expect(item).toMatch(/^<li><strong><code>[\w.]+<\/code><\/strong> <span class="where">in \w+ of <a /);
});

test("nothing to review is said", async () => {
  const page = await renderPage(reviewOf({ base: both.base, head: both.base }), both.base);
  expect(page).toContain("No change widens access or exposure");
  expect(page).not.toContain('class="change"');
  expect(page.match(/<svg /g)).toHaveLength(4);
});
