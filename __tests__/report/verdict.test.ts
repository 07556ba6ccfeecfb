import type { Check } from "../../contracts/run-results";
import { verdictOn } from "../../report/verdict";

const check = (severity: Check["severity"], passed: boolean): Check => ({
  id: "a.b",
  dimension: "accuracy",
  column: "a",
  rule: "b",
  severity,
  failed_rows: 0,
  threshold: 0,
  passed,
});

test.each([
  [[], "no check failed"],
  [[check("error", true), check("warning", true)], "no check failed"],
  [[check("error", false)], "1 check failed"],
  [[check("warning", false), check("warning", false)], "2 warnings"],
  [[check("error", false), check("error", false), check("warning", false)], "2 checks failed and 1 warning"],
])("%#: %s", (checks, text) => expect(verdictOn(checks)).toBe(text));
