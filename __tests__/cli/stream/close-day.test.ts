import { describeClosing, requireArrived } from "../../../cli/stream/close-day";

describe("closing a day", () => {
  const now = new Date("2026-03-02T23:59:59.999Z");

  test.each(["2026-03-01", "2026-03-02"])("%s has arrived", (day) => {
    expect(() => requireArrived(day, now)).not.toThrow();
  });

  test("of the future is refused, since all records until then would count for a later one", () => {
    expect(() => requireArrived("2026-03-03", now)).toThrow(
      /^2026-03-03 cannot be closed: it is still to come/,
    );
  });

  test("says what is closed, and how it is compared", () => {
    const text = describeClosing("2026-03-01", [{ dataset: "orders", day: "2026-03-01" }], ["2026-03-01"]);
    expect(text).toMatch(/^orders: 2026-03-01 is closed\n`.\/platform stream --verify --day 2026-03-01`/);
  });

  test("of which no record is there proposes no comparison", () => {
    expect(describeClosing("2026-03-01", [], [])).toBe(
      "no dataset had 2026-03-01 open: it was closed before, or has no record",
    );
  });
});
