import * as format from "../../report/format";

test.each([
  [0, "0"],
  [999, "999"],
  [1_234_567, "1,234,567"],
  [9_007_199_254_740_991, "9,007,199,254,740,991"],
])("the count %d is %s", (value, text) => expect(format.count(value)).toBe(text));

test.each([
  [1234.5, "1,234.5"],
  [0.005, "0.01"],
  [7, "7"],
])("the measure %d is %s", (value, text) => expect(format.decimal(value)).toBe(text));

test.each([
  [1_234_567, "1.23M"],
  [953_000, "953K"],
  [2_000_000_000, "2B"],
])("in a plot %d is %s", (value, text) => expect(format.compact(value)).toBe(text));

test.each([
  [1, 3, "33.33 %"],
  [0, 3, "0 %"],
  [3, 3, "100 %"],
  [0, 0, "–"],
  [1, 10_000_000, "< 0.01 %"],
  [9_999_999, 10_000_000, "> 99.99 %"],
])("%d of %d is %s", (part, whole, text) => expect(format.share(part, whole)).toBe(text));

test("a share takes the digits asked for", () => {
  expect(format.share(1, 3, 1)).toBe("33.3 %");
  expect(format.share(1, 5_000, 1)).toBe("< 0.1 %");
});

test.each([
  [0.02, "2 %"],
  [0.005, "0.5 %"],
  [0, "0 %"],
])("the chosen ratio %d is %s", (ratio, text) => expect(format.percent(ratio)).toBe(text));

test.each([
  [0, "0 B"],
  [999, "999 B"],
  [1_000, "1.0 kB"],
  [143_204_511, "143.2 MB"],
  [999_960_000, "1.0 GB"],
  [5e12, "5.0 TB"],
])("%d bytes are %s", (value, text) => expect(format.bytes(value)).toBe(text));

test.each([
  [0.4213, "0.42 s"],
  [9.996, "10.0 s"],
  [59.94, "59.9 s"],
  [59.96, "1 min 00 s"],
  [125, "2 min 05 s"],
  [3_599.6, "1 h 00 min"],
  [90_000, "25 h 00 min"],
])("%d seconds are %s", (value, text) => expect(format.duration(value)).toBe(text));

test("a rate needs time", () => {
  expect(format.rate(5_000_000, 2)).toBe("2,500,000 rows/s");
  expect(format.rate(5, 0)).toBe("–");
});

test("instants and days are UTC", () => {
  expect(format.instant("2026-01-16T03:01:11.500Z")).toBe("2026-01-16 03:01:11 UTC");
  expect(format.day(Date.UTC(2026, 0, 31))).toBe("2026-01-31");
});

test("words follow the number", () => {
  expect([0, 1, 2_000].map((value) => format.plural(value, "row"))).toEqual([
    "0 rows",
    "1 row",
    "2,000 rows",
  ]);
  expect(format.plural(2, "batch", "batches")).toBe("2 batches");
  expect(format.list(["a", "b", "c"])).toBe("a, b and c");
});
