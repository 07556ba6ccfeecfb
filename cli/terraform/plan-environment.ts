import { rmSync } from "node:fs";
import pc from "picocolors";
import type { State } from "../state-file";
import { missingCertificate } from "./certificates";
import type { PlanJson } from "./change-set";
import { planStack } from "./plan-stack";
import { lostWith } from "./protection";
import { missingUpstream, type Session, stateKey } from "./session";
import { nameIn, type Stack } from "./stacks";
import { type Outcome, type Walk, walk } from "./walk";
import { MissingStateBucket, type Workspace } from "./workspace";

/** Keeps what somebody asked to keep of a plan. */
export type Keep = (stack: Stack, plan: PlanJson) => void;

/**
 * Plans the stacks in order. A stack whose upstream is not applied yet waits: that is no failure.
 * @param keep is given each stack's plan in Terraform's JSON, which carries values
 */
export function planEnvironment(session: Session, keep?: Keep): Promise<Walk> {
  const progress: Progress = { states: new Map(), changed: new Set(), keep };
  return walk(
    session.stacks.map((stack) => ({ name: stack.id, run: () => planInOrder(session, stack, progress) })),
  );
}

/** What the plans of the stacks before have shown. */
interface Progress {
  readonly states: Map<string, State | undefined>;
  readonly changed: Set<string>;
  readonly keep: Keep | undefined;
}

async function planInOrder(session: Session, stack: Stack, progress: Progress): Promise<Outcome> {
  const { states, changed, keep } = progress;
  const { environment } = session.config;
  const workspace = session.workspace(stack);
  if (!(await isReady(workspace))) {
    return { word: "waits", detail: `for the state bucket: ./platform bootstrap --env ${environment}` };
  }
  states.set(stateKey(stack) ?? stack.id, await workspace.state());
  const missing = missingUpstream(session, stack, states);
  if (missing.length > 0) return { word: "waits", detail: `for ${missing.join(" and ")}` };
  const certificate = await missingCertificate(session, stack);
  if (certificate !== undefined) return { word: "waits", detail: `for a certificate in ACM: ${certificate}` };
  const { plan, json } = await planStack(workspace, stack);
  try {
    keep?.(stack, json ?? (await workspace.read(plan)));
  } finally {
    rmSync(plan.file, { force: true });
  }
  const lost = json === undefined ? [] : lostWith(json);
  if (lost.length > 0) console.log(pc.red(`apply refuses this plan:\n  ${lost.join("\n  ")}`));
  const order = againstChanges(environment, stack, changed);
  if (!plan.changes) return { word: "unchanged", detail: order };
  changed.add(stack.id);
  return { word: "planned", detail: [plan.summary, order].filter(Boolean).join(", ") };
}

/** Initializes the stack's folder; false while there is no bucket for its state. */
async function isReady(workspace: Workspace): Promise<boolean> {
  try {
    await workspace.init();
    return true;
  } catch (error) {
    if (error instanceof MissingStateBucket) return false;
    throw error;
  }
}

/** A plan sees the upstream as it was applied: says when changes planned there come first. */
function againstChanges(environment: string, stack: Stack, changed: ReadonlySet<string>): string {
  const first = stack.dependencies.filter((id) => changed.has(id)).map((id) => nameIn(environment, id));
  return first.length > 0 ? `as long as ${first.join(" and ")} stays as applied` : "";
}
