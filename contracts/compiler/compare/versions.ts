import type { Place } from "../place";
import type { Change, Weight } from "./change";

/** The step from one version to another; undefined when it goes backwards. */
export type Step = "none" | "patch" | "minor" | "major";

type Parts = [major: number, minor: number, patch: number];

const steps: readonly Step[] = ["major", "minor", "patch"];

/** The step from `before` to `after`, both as `1.2.3`. */
export function stepOf(before: string, after: string): Step | undefined {
  const [was, is] = [partsOf(before), partsOf(after)];
  const first = was.findIndex((part, index) => part !== is[index]);
  if (first < 0) return "none";
  return (is[first] ?? 0) > (was[first] ?? 0) ? steps[first] : undefined;
}

/**
 * Notes every change that is heavier than the step of the version, and a version that goes backwards.
 * Source: Semantic Versioning 2.0.0: breaking changes are major, additions minor.
 *
 * @param before version in the base
 * @param root the contract as it is now
 */
export function judgeVersion(before: string, after: string, root: Place, changes: readonly Change[]): void {
  const step = stepOf(before, after);
  if (step === undefined) {
    root.at("version").refuse(`is below ${before}, which is in use`, `use ${before} or a later version`);
    return;
  }
  for (const { place, weight, message, instead } of changes) {
    if (isEnough(step, weight)) continue;
    const next = `make the version ${nextVersion(before, weight)} (it was ${before} and is ${after})`;
    place.refuse(`${message}; that is ${weight}`, `${next}, or ${instead}`);
  }
}

function isEnough(step: Step, weight: Weight): boolean {
  return step === "major" || (weight === "additive" && step === "minor");
}

function nextVersion(before: string, weight: Weight): string {
  const [major, minor] = partsOf(before);
  return weight === "breaking" ? `${major + 1}.0.0` : `${major}.${minor + 1}.0`;
}

function partsOf(version: string): Parts {
  return version.split(".").map(Number) as Parts;
}
