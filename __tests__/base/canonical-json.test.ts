import { canonicalJson } from "../../base/canonical-json";

test("keys are sorted by code unit at every depth, lists keep their order", () => {
  const value = { b: [{ z: 1, Z: 2 }, 3], ä: null, a: { d: "x", c: true } };
  expect(canonicalJson(value)).toBe(
    `${JSON.stringify({ a: { c: true, d: "x" }, b: [{ Z: 2, z: 1 }, 3], ä: null }, null, 2)}\n`,
  );
});
