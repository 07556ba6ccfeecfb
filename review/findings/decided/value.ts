import type { Finding } from "../../change";
import type { Decision } from "../../decisions";
import type { Subject } from "../../subject";
import { judgeAlarm } from "./alarms";
import { judgeCount } from "./count";
import { homeOf, remarkOn } from "./destinations";
import { evaluate, leadsAway, type Outcome, type Sides } from "./evaluate";
import type { ChangedValue } from "./leaves";
import { findingOf } from "./sentence";
import { means } from "./targets";

type RuleDecision = Extract<Decision, { of: "rule" }>;

/** Says what a decision makes of a value that differs; values that another judge has rules for are left to it. */
export function judgeValue(subject: Subject, value: ChangedValue, decision: Decision): readonly Finding[] {
  if (decision.of === "rule") return judgeRule(subject, value, decision);
  if (decision.of !== "judge") return [];
  if (decision.judge === "count") return judgeCount(subject, value);
  return decision.judge === "alarms" ? judgeAlarm(subject, value.path) : [];
}

function judgeRule(subject: Subject, value: ChangedValue, { kind, rule }: RuleDecision): readonly Finding[] {
  const home = homeOf(subject.head);
  const { change, base, head } = subject;
  const sides = { was: value.was, is: value.is, base, head, isNew: change.action === "add", home };
  // What holds nothing yet can lose nothing.
  if (means(sides) || (sides.isNew && (kind === "keeps" || kind === "deletes"))) return [];
  const outcome = kind === "sends" && isNewPlace(rule, sides) ? ownOrNot(sides) : evaluate(rule, sides);
  if (outcome === undefined) return [];
  return [findingOf({ ...value, kind, outcome, remark: kind === "sends" ? remarkOn(value.is, home) : "" })];
}

/** Whether a destination comes in addition to others, and none is left for it. */
function isNewPlace({ when }: RuleDecision["rule"], { isNew, was }: Sides): boolean {
  return when === "added" || (when === "changed" && (isNew || was === undefined));
}

/** A destination that is new is a risk where it is not the platform's own. */
function ownOrNot(sides: Sides): Outcome {
  return leadsAway(sides) ? "risk" : undefined;
}
