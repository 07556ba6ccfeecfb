import type { Judge } from "../../subject";
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
];
