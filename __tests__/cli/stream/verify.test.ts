import { describeComparison } from "../../../cli/stream/verify";

const EQUAL = { mismatched: 0, missing: 0, extra: 0, examples: {} };

describe("the comparison of a stream with its batch", () => {
  test("counts the differences of rows and of quarantined records", () => {
    const text = describeComparison("2026-03-01", { orders: { rows: EQUAL, quarantined: EQUAL } }, false);
    expect(text).toBe(
      [
        "✓ stream and batch of 2026-03-01 are equal",
        "",
        "dataset  compared     mismatched  missing  extra",
        "orders   rows                  0        0      0",
        "orders   quarantined           0        0      0",
      ].join("\n"),
    );
  });

  test("shows a few examples of each difference", () => {
    const found = { ...EQUAL, missing: 9, examples: { missing: ["1", "2", "3", "4"], extra: [] } };
    const text = describeComparison("2026-03-01", { orders: { rows: found } }, true);
    expect(text).toMatch(/^✗ stream and batch of 2026-03-01 differ/);
    expect(text).toMatch(/orders, rows: missing, for example\n {2}1\n {2}2\n {2}3$/);
  });
});
