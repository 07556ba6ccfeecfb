import { Failure } from "../../../base/failure";
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
    const text = describeClosing(
      "2026-03-01",
      [{ dataset: "orders", day: "2026-03-01" }],
      ["orders"],
      ["orders"],
    );
    expect(text).toBe(
      "orders: 2026-03-01 is closed\n`./platform stream --verify --day 2026-03-01` compares it with its batch",
    );
  });

  test("a second time says that it was closed before, which is no failure", () => {
    expect(describeClosing("2026-03-01", [], ["orders"], ["orders"])).toMatch(
      /^orders: 2026-03-01 was closed before\n`.\/platform stream --verify --day 2026-03-01`/,
    );
  });

  test("that one of two datasets has proposes no comparison", () => {
    expect(describeClosing("2026-03-01", [], ["orders", "web_events"], ["orders"])).toBe(
      "orders: 2026-03-01 was closed before",
    );
  });

  test("before the first record is a failure", () => {
    expect(() => describeClosing("2026-03-01", [], ["orders", "web_events"], [])).toThrow(
      new Failure("2026-03-01 cannot be closed: the first record of orders and web_events is of a later day"),
    );
  });
});
