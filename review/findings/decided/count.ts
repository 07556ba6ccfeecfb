import type { Finding, Json } from "../../change";
import { same } from "../../json";
import { holdingOf } from "../../replacement";
import { risk, type Subject } from "../../subject";
import { say } from "../../words";
import type { ChangedValue } from "./leaves";

/**
 * How often Terraform makes a resource. Without `count` once: one instance that gets a `count` keeps what it is.
 * ("The count Meta-Argument", "Refactor modules", Terraform language)
 */
export function judgeCount({ change }: Subject, { path, was, is }: ChangedValue): Finding[] {
  const holding = holdingOf(change.type);
  const loss = holding === undefined ? "" : `: ${holding} would be lost`;
  const values = `${path} is ${sayTimes(is)} instead of ${sayTimes(was)}`;
  if (change.action === "add")
    return Number(is ?? 1) <= 1 ? [] : [risk("cost", `Is made several times: ${values}.`)];
  const [before, now] = [Number(was ?? 1), Number(is ?? 1)];
  if (path !== "count" || Number.isNaN(before + now)) {
    return [risk("data", `Terraform may destroy instances, since ${values}${loss}.`)];
  }
  if (now < before) return [risk("data", `Is destroyed, since ${values}${loss}.`)];
  return now > before ? [risk("cost", `Is made more often: ${values}.`)] : [];
}

function sayTimes(value: Json | undefined): string {
  if (value === undefined || value === null) return "not set";
  return same(value, []) || same(value, {}) ? "empty" : say(value);
}
