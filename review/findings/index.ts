import type { Kind } from "../blocks";
import type { Finding } from "../change";
import type { Judge, Subject } from "../subject";
import { judgeAccess } from "./access";
import { judgeCost } from "./cost";
import { judgeData } from "./data";
import { judgeDestruction } from "./data/destruction";
import { judgePlace } from "./data/place";
import { judgeDecided } from "./decided";
import { judgeExposure } from "./exposure";
import { judgeOutputs } from "./outputs";

/**
 * Who judges what, in the order of a reviewer's worries. Outputs are judged for what clusters cost and where data go:
 * the facts that other stacks and the DAGs read are there.
 */
const judges: Readonly<Record<Kind, readonly Judge[]>> = {
  resource: [judgeAccess, judgeExposure, judgeData, judgeCost, judgeDecided],
  output: [judgeCost, judgeOutputs],
  setting: [judgePlace, judgeDecided],
  data: [judgeDecided],
};

/** What a change means: risks first, each sentence once. */
export function findingsOf(subject: Subject): Finding[] {
  // What Terraform forgets stays in AWS as it is, with everything that it grants or exposes.
  if (subject.change.isForgotten) return [...judgeDestruction(subject)];
  const found = judges[subject.kind].flatMap((judge) => judge(subject));
  const once = found.filter(
    ({ sentence }, index) => found.findIndex((other) => other.sentence === sentence) === index,
  );
  return [...once.filter(({ risk }) => risk), ...once.filter(({ risk }) => !risk)];
}
