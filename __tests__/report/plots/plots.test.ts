import { barPlot } from "../../../report/plots/bars";
import { columnPlot } from "../../../report/plots/columns";
import { draw, type PlotSpec } from "../../../report/plots/draw";
import { linePlot } from "../../../report/plots/line";
import { stackPlot } from "../../../report/plots/stack";
import { allOf, hintsOf } from "../reading";

const label = { title: "a <title>", description: `all "that" & more` };
const drawn = async (spec: PlotSpec) => (await draw(spec, label)).markup;
const texts = (svg: string) => allOf(svg, /<text[^>]*>(.*?)<\/text>/g);
/** The widths of the bars, in pixels: their paths go right by `h`. */
const widths = (svg: string) => allOf(svg, /<path d="M[^"]*?h([\d.]+)[^"]*"[^>]*><title>/g).map(Number);
const boxOf = (svg: string) => /viewBox="([^"]*)"/.exec(svg)?.[1];

test("a drawing has its name and description, escaped", async () => {
  const svg = await drawn(barPlot([{ label: "a", value: 1, hint: "a: 1" }], 336));
  expect(svg).toContain("<title>a &lt;title&gt;</title><desc>all &quot;that&quot; &amp; more</desc>");
  expect(svg.match(/xmlns|class="(background|foreground)"|\d\.\d{3}/)).toBeNull();
});

test("bars are as long as their values, and the drawing as wide as asked", async () => {
  const bars = [100, 50, 0].map((value) => ({ label: `n${value}`, value, hint: `n${value}`, text: "|" }));
  const svg = await drawn(barPlot(bars, 336));
  expect(boxOf(svg)).toBe("0 0 336 82");
  expect(texts(svg)).toEqual(["n100", "n50", "n0", "|", "|", "|"]);
  expect(hintsOf(svg)).toEqual(["n100", "n50", "n0"]);
  expect(widths(svg)).toEqual([276, 138, 0]);
});

test("values that are all nothing are drawn as nothing", async () => {
  const svg = await drawn(barPlot([{ label: "none", value: 0, hint: "none: 0" }], 336));
  expect(texts(svg)).toEqual(["none", "0"]);
  expect(svg).not.toContain("NaN");
});

test("long names are cut in the middle, and equal names stay apart", async () => {
  const name = "a_rather_long_column_name.reference";
  const svg = await drawn(
    barPlot(
      [1, 2].map((value) => ({ label: name, value, hint: "x" })),
      336,
    ),
  );
  expect(texts(svg).slice(0, 2)).toEqual(["a_rather_lo…e.reference", "a_rather_lo…e.reference"]);
});

test("what was expected is a line across the bar", async () => {
  const plain = await drawn(barPlot([{ label: "a", value: 5, hint: "a" }], 336));
  const marked = await drawn(barPlot([{ label: "a", value: 5, hint: "a", expected: 10 }], 336));
  expect(plain).not.toContain('fill="var(--ink)" d');
  expect(marked.match(/<path[^>]*fill="var\(--ink\)"/g)).toHaveLength(1);
});

test("a stack divides its whole", async () => {
  const part = (value: number) => ({ value, color: `var(--p${value})`, hint: `p${value}` });
  const svg = await drawn(stackPlot([{ label: "all", parts: [part(75), part(0), part(25)] }], 336));
  const [large = 0, small = 0] = widths(svg);
  expect(hintsOf(svg)).toEqual(["p75", "p25"]);
  expect(large / small).toBeCloseTo(3, 1);
  expect(large + small).toBeCloseTo(336 - (Math.ceil(3 * 7.3) + 10) - 14, 0);
  expect(texts(svg)).toEqual(["0%", "50%", "100%", "all"]);
});

test("columns stand on the axis, over numbers, over factors and over time", async () => {
  const spans = [1, 10, 100].map((from) => ({ from, to: from * 10, value: from, hint: `from ${from}` }));
  const linear = spans.map((span, index) => ({ ...span, from: index, to: index + 1 }));
  const even = (svg: string) => new Set(widths(svg).map(Math.round)).size;
  const numbers = await drawn(columnPlot({ spans: linear, time: false, width: 336 }));
  const factors = await drawn(columnPlot({ spans, time: false, width: 336 }));
  const time = await drawn(
    columnPlot({
      spans: linear.map((s) => ({ ...s, from: s.from * 864e5, to: s.to * 864e5 })),
      time: true,
      width: 336,
    }),
  );
  expect([numbers, factors, time].map(even)).toEqual([1, 1, 1]);
  expect(texts(time)).toContain("1970");
  expect(texts(numbers)).toEqual(expect.arrayContaining(["0", "1", "2", "3"]));
});

test("columns are as high as their values", async () => {
  const spans = [4, 2, 1].map((value, from) => ({ from, to: from + 1, value, hint: "x" }));
  const svg = await drawn(columnPlot({ spans, time: false, width: 336 }));
  const heights = allOf(svg, /<path d="M[^"]*?v([\d.]+)[^"]*"[^>]*><title>/g).map(Number);
  expect(heights).toEqual([130, 65, 32.5]);
});

test.each([
  ["a line", linePlot([{ time: 0, value: 1, hint: "x" }], 336)],
  [
    "columns over time",
    columnPlot({ spans: [{ from: 0, to: 1, value: 1, hint: "x" }], time: true, width: 336 }),
  ],
])("%s writes its days in UTC, wherever it is drawn", (_, spec) => {
  expect(JSON.stringify(spec)).toContain('"scale":{"type":"utc"}');
});

test("uneven columns are named at their edges", async () => {
  const spans = [0, 1, 2, 5].map((from, index) => ({
    from,
    to: [1, 2, 5, 10_000][index] ?? 0,
    value: 1,
    hint: "x",
  }));
  const svg = await drawn(columnPlot({ spans, time: false, width: 336 }));
  expect(texts(svg).slice(0, 5)).toEqual(["0", "1", "2", "5", "10K"]);
  expect(new Set(widths(svg)).size).toBe(1);
});

test("months on an axis have room for their names", async () => {
  const month = (index: number) => Date.UTC(2024, 1 + index, 1);
  const spans = Array.from({ length: 24 }, (_, index) => ({
    from: month(index),
    to: month(index + 1),
    value: 1,
    hint: "x",
  }));
  const svg = await drawn(columnPlot({ spans, time: true, width: 336 }));
  expect(texts(svg).slice(0, 3)).toEqual(["Feb 2024", "Oct 2024", "Jun 2025"]);
});

test("numbers on an axis have short names", async () => {
  const tops = [2, 2_000, 2_000_000, 2_000_000_000];
  const named = tops.map(async (value) => {
    const svg = await drawn(
      columnPlot({ spans: [{ from: 0, to: 1, value, hint: "x" }], time: false, width: 336 }),
    );
    return texts(svg).at(-1);
  });
  expect(await Promise.all(named)).toEqual(["2", "2K", "2M", "2B"]);
});

test("a line answers to the pointer at each of its points, even at one", async () => {
  const point = (day: number) => ({ time: day * 864e5, value: day * 10, hint: `day ${day}` });
  expect(hintsOf(await drawn(linePlot([point(1), point(2), point(5)], 520)))).toEqual([
    "day 1",
    "day 2",
    "day 5",
  ]);
  expect(hintsOf(await drawn(linePlot([point(1)], 520)))).toEqual(["day 1"]);
});
