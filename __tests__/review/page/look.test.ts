import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { Reviewed } from "./browser";

const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

jest.setTimeout(60_000);

let reviewed: Reviewed;
beforeAll(async () => {
  reviewed = await Reviewed.start();
});
afterAll(() => reviewed?.stop());

/** Everything unfolded, so that nothing escapes; of the table's rows, which are alike, a few are enough. */
async function unfolded(colorScheme: "light" | "dark"): Promise<Page> {
  const { page } = await reviewed.open({ colorScheme, bypassCSP: true });
  await page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true");
  await page.evaluate("for (const row of [...document.querySelectorAll('tbody tr')].slice(20)) row.remove()");
  return page;
}

/** The contrast of each text in the drawings with what it is written on. */
const contrasts = `(() => {
  const luminance = (colour) => {
    const [r, g, b] = colour.match(/[\\d.]+/g).map(Number).map((value) => value / 255).map((value) => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  return [...document.querySelectorAll("svg text")].map((text) => {
    const rect = text.closest("g")?.querySelector("rect");
    const style = getComputedStyle(text);
    const [one, other] = [style.fill, rect ? getComputedStyle(rect).fill : style.stroke].map(luminance);
    return { text: text.textContent, ratio: (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05) };
  });
})()`;

/** Themes differ in colours alone: the other rules need no second look. */
test.each([
  ["light", {}],
  ["dark", { runOnly: ["color-contrast"] }],
] as const)("axe finds nothing in the %s theme", async (theme, options) => {
  const page = await unfolded(theme);
  await page.evaluate(axe);
  const { violations, passes } = (await page.evaluate(`axe.run(${JSON.stringify(options)})`)) as {
    violations: { id: string; nodes: { html: string }[] }[];
    passes: { id: string }[];
  };
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  expect(passes.map(({ id }) => id)).toContain("color-contrast");
  await page.context().close();
});

test.each(["light", "dark"] as const)(
  "drawn text has a contrast of 4.5 at least in the %s theme",
  async (theme) => {
    const page = await unfolded(theme);
    const found = (await page.evaluate(contrasts)) as { text: string; ratio: number }[];
    expect(found.length).toBeGreaterThan(100);
    expect(found.filter(({ ratio }) => !(ratio >= 4.5))).toEqual([]);
    await page.context().close();
  },
);

/** The place of each element, in pixels. */
const places = (
  selector: string,
  of: string,
) => `[...document.querySelectorAll("${selector}")].map((element) => {
  const { left, top, right, bottom } = element.getBoundingClientRect();
  return { drawing: element.closest("svg").getAttribute("aria-labelledby"), name: ${of}, left, top, right, bottom };
})`;

interface Place {
  readonly drawing: string;
  readonly name: string;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

function overlaps(one: Place, other: Place): boolean {
  if (one.drawing !== other.drawing) return false;
  const apart =
    one.right <= other.left || other.right <= one.left || one.bottom <= other.top || other.bottom <= one.top;
  return !apart;
}

test("no box and no text of a drawing lies on another", async () => {
  const page = await unfolded("light");
  const boxes = (await page.evaluate(
    places(".box:not(.compartment) rect", "element.closest('g').textContent"),
  )) as Place[];
  const labels = (await page.evaluate(places("svg .title, svg .label", "element.textContent"))) as Place[];
  expect(boxes.length).toBeGreaterThan(40);
  expect(labels.length).toBeGreaterThan(boxes.length);
  for (const all of [boxes, labels]) {
    const clashes = all.flatMap((one, index) =>
      all.slice(index + 1).flatMap((other) => (overlaps(one, other) ? [`${one.name} / ${other.name}`] : [])),
    );
    expect(clashes).toEqual([]);
  }
  await page.context().close();
});

test("every text stays in its box", async () => {
  const page = await unfolded("light");
  const outside =
    await page.evaluate(`[...document.querySelectorAll("svg .box:not(.compartment) text")].filter((text) => {
    const [inner, outer] = [text, text.closest("g").querySelector("rect")].map((element) => element.getBoundingClientRect());
    return inner.left < outer.left || inner.right > outer.right || inner.top < outer.top || inner.bottom > outer.bottom;
  }).map((text) => text.textContent)`);
  expect(outside).toEqual([]);
  await page.context().close();
});

test.each([390, 1400])("nothing is wider than a window of %d pixels", async (width) => {
  const { page } = await reviewed.open({ viewport: { width, height: 900 } });
  expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
  await page.context().close();
});
