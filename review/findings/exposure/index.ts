import { type Judge, risk } from "../../subject";
import { judgeSwitches } from "../switches";
import { judgeGuards } from "./guards";
import { judgeKeys } from "./keys";
import { switches } from "./switches";
import { judgeWorld } from "./world";

const judgeSettings = judgeSwitches("exposure", switches, true);

/** What becomes public, readable on the wire or at rest, or unseen. */
export const judgeExposure: Judge = (subject) => [
  ...judgeSettings(subject),
  ...judgeGuards(subject),
  ...judgeWorld(subject),
  ...judgeKeys(subject),
  ...judgeFlowLog(subject),
];

/** A flow log that sees less than it did. */
const judgeFlowLog: Judge = ({ change, before, after }) => {
  if (change.type !== "aws_flow_log" || before === undefined || after === undefined) return [];
  if (before.traffic_type !== "ALL" || after.traffic_type === "ALL") return [];
  return [risk("exposure", `Only ${after.traffic_type} traffic is logged, where all was.`)];
};
