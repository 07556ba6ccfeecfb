import { at, same } from "../../json";
import type { Judge, Subject } from "../../subject";
import { judgeClasses } from "./classes";
import { judgeCounts } from "./counts";
import { judgeNumbers } from "./numbers";

/** What costs more, or less. */
export const judgeCost: Judge = (subject) =>
  isToldTwice(subject) ? [] : [...judgeCounts(subject), ...judgeClasses(subject), ...judgeNumbers(subject)];

/** The facts of a stack are outputs and, in one secret, what the DAGs read: the secret is judged, if it says the same. */
export function isToldTwice({ change, after, head }: Subject): boolean {
  if (change.type !== "output") return false;
  const name = change.address.slice("output.".length);
  return [...head.values()].some(
    ({ type, body }) =>
      type === "aws_secretsmanager_secret_version" && same(at(body, `secret_string.${name}`), after?.value),
  );
}
