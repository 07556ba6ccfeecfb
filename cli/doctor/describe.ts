import pc from "picocolors";
import { type Diagnosis, isInTheWay, type Use } from "./diagnosis";

const colours = { ok: pc.green, missing: pc.red, wrong: pc.red, warning: pc.yellow, unknown: pc.yellow };
const width = "missing".length;

/** A line for each thing, and under it what to do; what nobody has asked for is said, and does not count. */
export function describeDiagnoses(diagnoses: readonly Diagnosis[], asked: readonly Use[]): string {
  const longest = Math.max(...diagnoses.map(({ subject }) => subject.length));
  return diagnoses
    .flatMap((diagnosis) => {
      const { state, subject, detail, remedy, neededBy } = diagnosis;
      const counts = (state !== "missing" && state !== "wrong") || isInTheWay(diagnosis, asked);
      const colour = counts ? colours[state] : pc.dim;
      const note = pc.dim(`(${counts ? "" : "not needed for this; "}for ${neededBy})`);
      const line = `${colour(state.padEnd(width))}  ${subject.padEnd(longest)}  ${detail} ${note}`;
      return remedy === undefined ? [line] : [line, `${" ".repeat(width)}  → ${remedy}`];
    })
    .join("\n");
}
