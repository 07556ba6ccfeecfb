import type { Kind } from "../blocks";
import type { Finding } from "../change";
import type { Judge, Subject } from "../subject";
import { judgeAccess } from "./access";
import { judgeCost } from "./cost";
import { judgeData } from "./data";
import { judgePlace } from "./data/place";
import { judgeExposure } from "./exposure";

/**
 * Who judges what, in the order of a reviewer's worries. Outputs are judged for what clusters cost: their facts are
 * there. Data sources only read.
 */
const judges: Readonly<Record<Kind, readonly Judge[]>> = {
  resource: [judgeAccess, judgeExposure, judgeData, judgeCost],
  output: [judgeCost],
  setting: [judgePlace],
  data: [],
};

/** What a change means: risks first, each sentence once. */
export function findingsOf(subject: Subject): Finding[] {
  const found = judges[subject.kind].flatMap((judge) => judge(subject));
  const once = found.filter(
    ({ sentence }, index) => found.findIndex((other) => other.sentence === sentence) === index,
  );
  return [...once.filter(({ risk }) => risk), ...once.filter(({ risk }) => !risk)];
}
