import type { Finding } from "../change";
import { judgeAccess } from "./access";
import { judgeCost } from "./cost";
import { judgeData } from "./data";
import { judgeExposure } from "./exposure";
import type { Judge, Subject } from "./subject";

/** In the order of a reviewer's worries. */
const judges: readonly Judge[] = [judgeAccess, judgeExposure, judgeData, judgeCost];

/** What a change means: risks first, each sentence once. */
export function findingsOf(subject: Subject): Finding[] {
  const found = judges.flatMap((judge) => judge(subject));
  const once = found.filter(
    ({ sentence }, index) => found.findIndex((other) => other.sentence === sentence) === index,
  );
  return [...once.filter(({ risk }) => risk), ...once.filter(({ risk }) => !risk)];
}
