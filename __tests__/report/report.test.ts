import { type RunResults, renderReport } from "../../report";
import { empty, published, rejected } from "./fixture";
import { allOf, plotsOf, textOf } from "./reading";

const attack = `"><script>alert('x')</script><img src=x onerror=alert(1)>`;

/** The same results with hostile text wherever the schema lets text in. */
const hostile: RunResults = {
  ...published,
  run_id: attack,
  release: attack,
  stages: [{ name: attack, seconds: 1, rows_in: 1, rows_out: 1 }],
  datasets: published.datasets.map((dataset) => ({
    ...dataset,
    name: attack,
    files: { read: 1, refused: [{ path: attack, reason: attack }] },
    reasons: [
      { code: "a.b", rows: 1, examples: [{ file: attack, values: { a: attack, [attack]: attack } }] },
    ],
    checks: dataset.checks.map((check) => ({ ...check, id: attack, column: attack, rule: attack })),
  })),
  audit: { passed: false, violations: [attack] },
  distributions: published.distributions.map((distribution) => ({
    ...distribution,
    dataset: attack,
    column: attack,
    bins: distribution.bins.map((bin) =>
      bin.label === undefined ? bin : { ...bin, label: attack + bin.label },
    ),
  })),
  marts: [
    {
      name: attack,
      rows: 1,
      columns: [attack, "n"],
      sources: { [attack]: [attack, `orders.${attack}`] },
      sample: [[attack, 1]],
    },
    { name: attack, rows: 1, columns: ["day", "n"], sample: [["2026-01-01", 1]] },
  ],
  tables: [{ name: attack, rows: 1, files: 1, bytes: 1, location: attack }],
};

const pages: Record<string, string> = {};
beforeAll(async () => {
  for (const [name, results] of Object.entries({ published, rejected, empty, hostile })) {
    pages[name] = await renderReport(results);
  }
});

const names = ["published", "rejected", "empty", "hostile"];

test.each(names)("the %s page loads and runs nothing", (name) => {
  const page = pages[name] ?? "";
  expect(page.startsWith("<!doctype html>")).toBe(true);
  expect(
    page.match(/https?:\/\/|url\(|@import|<(script|link|img|iframe|object|embed|base|form)\b.{0,40}/gi),
  ).toBeNull();
  expect(allOf(page.replace(/="[^"]*"/g, '=""'), /<[a-z][^>]* (on[a-z]+|src|style)=/gi)).toEqual([]);
  expect(allOf(page, / href="([^"]*)"/g).filter((target) => !target.startsWith("#"))).toEqual([]);
  expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
});

test.each(names)("the tags of the %s page are balanced", (name) => {
  const open: string[] = [];
  for (const [, slash, tag = "", self] of (pages[name] ?? "").matchAll(
    /<(\/?)([a-z][a-z0-9]*)\b[^>]*?(\/?)>/gi,
  )) {
    if (self || ["meta", "hr", "br"].includes(tag)) continue;
    if (slash) expect(open.pop()).toBe(tag);
    else open.push(tag);
  }
  expect(open).toEqual([]);
});

test.each(names)("every id of the %s page is there once, and every link finds its own", (name) => {
  const page = pages[name] ?? "";
  const ids = allOf(page, / id="([^"]*)"/g);
  expect(new Set(ids).size).toBe(ids.length);
  const targets = allOf(page, / (?:href="#|aria-labelledby=")([^"]*)"/g);
  expect(targets.length).toBeGreaterThan(8);
  expect(targets.filter((target) => !ids.includes(target))).toEqual([]);
});

test("hostile text is shown as text", () => {
  const text = textOf(pages.hostile ?? "");
  expect(text.split(attack).length).toBeGreaterThan(30);
});

test("every plot has a name and a description, and takes its colours from the page", () => {
  const plots = plotsOf(pages.published ?? "");
  expect(plots).toHaveLength(1 * 2 + 2 + 9 + (1 + 4) * 2 + 1 * 2);
  for (const plot of plots) {
    expect(plot).toMatch(
      /^<svg class="plot" role="img" viewBox="[\d. ]+" width="\d+" height="\d+"><title>[^<]+<\/title><desc>[^<]+<\/desc>/,
    );
    expect(plot.match(/(fill|stroke)="(#|rgb|black|white)/)).toBeNull();
    expect(plot.match(/.{40}(NaN|undefined|null|Infinity)/)).toBeNull();
  }
});

test("plots are drawn for a phone too", () => {
  const widths = plotsOf(pages.published ?? "").map((plot) => /viewBox="0 0 (\d+)/.exec(plot)?.[1]);
  const count = (width: string) => widths.filter((one) => one === width).length;
  expect([count("1070"), count("520"), count("336")]).toEqual([3, 4, 7 + 11]);
  expect(allOf(pages.published ?? "", /<div class="on-phone">(<svg)/g)).toHaveLength(7);
});

test("the same results give the same bytes", async () => {
  expect(await renderReport(structuredClone(published))).toBe(pages.published);
});

test("the page stays small", () => {
  expect(Buffer.byteLength(pages.published ?? "")).toBeLessThan(600_000);
  expect(Buffer.byteLength(pages.empty ?? "")).toBeLessThan(20_000);
});

test("the sections come in the order of their use", () => {
  expect(allOf(pages.published ?? "", /<h2 id[^>]*>([^<]*)<\/h2>/g)).toEqual([
    "Row accounting",
    "Quarantine reasons",
    "Quality checks",
    "Distributions",
    "Marts",
    "Stages",
    "Tables",
    "Lineage",
    "Run",
  ]);
});

test("Vega has nothing to warn of", async () => {
  const warn = jest.spyOn(console, "warn").mockImplementation(() => undefined);
  await renderReport(hostile);
  await renderReport(published);
  expect(warn.mock.calls).toEqual([]);
  warn.mockRestore();
});

test("a page without plots does not load Vega", async () => {
  jest.resetModules();
  jest.doMock("vega", () => {
    throw new Error("vega was loaded");
  });
  const fresh: typeof import("../../report") = await import("../../report");
  expect(await fresh.renderReport(empty)).toBe(pages.empty);
  await expect(fresh.renderReport(published)).rejects.toThrow("vega was loaded");
  jest.dontMock("vega");
});

test("wrong results are refused by name", async () => {
  const wrong = { ...published, tables: undefined } as unknown as RunResults;
  await expect(renderReport(wrong, "runs/run=7/results.json")).rejects.toThrow(
    /^runs\/run=7\/results\.json: tables: missing: /,
  );
});
