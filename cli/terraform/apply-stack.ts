import { rmSync } from "node:fs";
import { confirm } from "../confirm";
import { changeSetOf } from "./change-set";
import { forgottenBy, recordForgotten } from "./forgotten";
import { type Planned, planStack } from "./plan-stack";
import { requireProtected } from "./protection";
import type { Reviewed } from "./reviewed";
import { stopApplications } from "./serverless-applications";
import type { Stack } from "./stacks";
import type { Outcome } from "./walk";
import type { Workspace } from "./workspace";

/** How a stack is applied. */
export interface Consent {
  readonly assumeYes: boolean;
  /** The only changes that may be applied. @default any */
  readonly reviewed?: Reviewed | undefined;
}

/**
 * Plans one stack, shows the plan, asks, and applies exactly that.
 *
 * @throws Failure when the plan is not what was reviewed, or destroys what cannot be made again; nothing is applied then
 */
export async function applyStack(workspace: Workspace, stack: Stack, consent: Consent): Promise<Outcome> {
  const planned = await planStack(workspace, stack, { isApplied: true });
  const { plan, json } = planned;
  try {
    await requireAgreed(workspace, stack, planned, consent.reviewed);
    if (json === undefined) return { word: "unchanged", detail: "" };
    const isAgreed = await confirm(`Apply this to ${stack.id} (${plan.summary})?`, consent.assumeYes);
    if (!isAgreed) return { word: "declined", detail: "nothing was changed" };
    const forgotten = forgottenBy(json);
    await recordForgotten(stack, forgotten);
    await stopApplications(stack, json);
    const counts = await workspace.apply(plan);
    const count = Object.keys(forgotten).length;
    return { word: "applied", detail: count > 0 ? `${counts}, ${count} forgotten` : counts };
  } finally {
    rmSync(plan.file, { force: true });
  }
}

async function requireAgreed(
  workspace: Workspace,
  stack: Stack,
  { plan, json }: Planned,
  reviewed: Reviewed | undefined,
): Promise<void> {
  if (json !== undefined) requireProtected(stack.id, json);
  if (reviewed) reviewed.require(stack.id, changeSetOf(json ?? (await workspace.read(plan)), reviewed.key));
}
