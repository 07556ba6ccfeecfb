import { enumerate, say } from "../words";
import type { Uncovered } from "./compare";
import type { Condition } from "./document";

/** What a policy says now and did not, in words. */
export function sayGained(gained: Uncovered): string {
  const verb = gained.statement.effect === "Allow" ? "allows" : "denies";
  const { statement, conditions } = gained;
  if (conditions.length === 0)
    return `${who(gained)} now ${verb} ${what(gained)}${under(statement.conditions)}.`;
  const keys = conditions.map(({ key }) => key);
  const instead = statement.conditions.filter(({ key }) => keys.includes(key)).map(({ label }) => say(label));
  const was = enumerate(conditions.map(({ label }) => say(label)));
  const change = instead.length === 0 ? `without ${was}` : `with ${enumerate(instead)} instead of ${was}`;
  return `${who(gained)} now ${verb} ${what(gained)} ${change}.`;
}

/** What a policy said and does not any more, in words. */
export function sayLost(lost: Uncovered): string {
  const verb = lost.statement.effect === "Allow" ? "allows" : "denies";
  if (lost.conditions.length === 0) return `${who(lost)} no longer ${verb} ${what(lost)}.`;
  const now = enumerate(lost.conditions.map(({ label }) => say(label)));
  return `${who(lost)} ${verb} ${what(lost)} only with ${now}.`;
}

/** What a statement that is new, or says more than before, asks for: "to everybody" alone would frighten for nothing. */
function under(conditions: readonly Condition[]): string {
  return conditions.length === 0 ? "" : ` with ${enumerate(conditions.map(({ label }) => say(label)))}`;
}

function who({ statement }: Uncovered): string {
  return statement.sid === undefined ? "A statement without a Sid" : `Statement ${statement.sid}`;
}

function what({ actions, resources, principals }: Uncovered): string {
  const place = resources.length === 1 && resources[0] === "*" ? "" : ` on ${enumerate(resources.map(say))}`;
  const whom = principals
    .filter((name) => name !== "")
    .map((name) => (name === "*" ? "everybody" : say(name)));
  return `${enumerate(actions)}${place}${whom.length === 0 ? "" : ` to ${enumerate(whom)}`}`;
}
