import type { Finding } from "../../change";
import { at, same } from "../../json";
import type { Subject } from "../../subject";
import { findingOf } from "./sentence";

/**
 * An alarm that goes off later: a higher threshold where it looks for more, a lower one where it looks for less.
 * ("Using Amazon CloudWatch alarms", Amazon CloudWatch User Guide)
 */
export function judgeAlarm({ before, after }: Subject, path: string): Finding[] {
  if (before === undefined || after === undefined) return [];
  const said = {
    kind: "observes",
    shown: path,
    was: at(before, path),
    is: at(after, path),
    remark: "",
  } as const;
  const operator = String(at(after, "comparison_operator"));
  const isSame = same(at(before, "comparison_operator"), operator);
  if (path !== "threshold" || !isSame) return [findingOf({ ...said, outcome: "risk" })];
  const [was, is] = [Number(said.was), Number(said.is)];
  const isUsual = /^(Greater|Less)ThanO?r?E?q?u?a?l?T?o?Threshold$/.test(operator);
  const isLater = operator.startsWith("Greater") ? is > was : is < was;
  const isRisk = Number.isNaN(was + is) || !isUsual || isLater;
  return [findingOf({ ...said, outcome: isRisk ? "risk" : "relief" })];
}
