import type { RunResults } from "../../../contracts/run-results";
import { quarantineReasons } from "../../../report/sections/reasons";
import { empty, published } from "../fixture";
import { hintsOf, plotsOf, tableOf, textOf } from "../reading";

const markupOf = async (results: RunResults) => (await quarantineReasons(results)).content.markup;
const caption = "Quarantined rows of customers by reason";
const planting = (reasons: Readonly<Record<string, number>>): RunResults => ({
  ...published,
  planted: { datasets: { customers: { reasons } } },
});

test("reasons are drawn with what was planted beside them", async () => {
  const markup = await markupOf(published);
  expect(plotsOf(markup)).toHaveLength(2);
  expect(tableOf(markup, caption)).toEqual([
    ["Reason", "Caught", "Planted", "Difference", "Of rows read"],
    ["email.pattern", "260", "260", "✓ 0", "0.51 %"],
    ["country.allowed", "240", "240", "✓ 0", "0.47 %"],
  ]);
  expect(hintsOf(markup)[0]).toBe("email.pattern: 260 caught of 260 planted");
  expect(textOf(markup)).toContain(
    "500 rows quarantined, 0.98 % of rows read. All that was planted was caught.",
  );
});

test("what was planted and not caught, or caught and not planted, is marked", async () => {
  const markup = await markupOf(planting({ "email.pattern": 300, "name.required": 7, "segment.allowed": 0 }));
  expect(tableOf(markup, caption).slice(1)).toEqual([
    ["email.pattern", "260", "300", "✗ −40", "0.51 %"],
    ["country.allowed", "240", "0", "✗ +240", "0.47 %"],
    ["name.required", "0", "7", "✗ −7", "0 %"],
  ]);
  expect(textOf(markup)).toContain("3 reasons caught more or less than planted.");
});

test("a batch that is not synthetic shows what was caught", async () => {
  const markup = await markupOf({ ...published, planted: null });
  expect(tableOf(markup, caption)).toEqual([
    ["Reason", "Rows", "Of rows read"],
    ["email.pattern", "260", "0.51 %"],
    ["country.allowed", "240", "0.47 %"],
  ]);
  expect(textOf(markup)).not.toContain("planted");
});

test("of many reasons the smallest are drawn as one, but none that is not as planted", async () => {
  const [customers] = published.datasets;
  if (customers === undefined) throw new Error("the fixture has no dataset");
  const reasons = Array.from({ length: 20 }, (_, index) => ({
    code: `column.r_${"abcdefghijklmnopqrst"[index]}`,
    rows: 20 - index,
  }));
  const planted = Object.fromEntries(
    reasons.map(({ code, rows }) => [code, code === "column.r_t" ? 5 : rows]),
  );
  const markup = await markupOf({ ...planting(planted), datasets: [{ ...customers, reasons }] });
  const hints = hintsOf(markup);
  expect(hints).toHaveLength(15);
  expect(hints[0]).toBe("column.r_t: 1 caught of 5 planted");
  expect(hints[1]).toBe("column.r_a: 20 caught of 20 planted");
  expect(hints.at(-1)).toBe("6 others: 27 caught of 27 planted");
  expect(tableOf(markup, caption)).toHaveLength(21);
});

test("a clean batch says so", async () => {
  const markup = await markupOf(empty);
  expect(textOf(markup)).toBe("Quarantine reasons No row broke a rule.");
  expect(plotsOf(markup)).toEqual([]);
});
