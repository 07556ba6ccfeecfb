import { rmSync } from "node:fs";
import { missingCertificate } from "./certificates";
import { changeSetOf, type PlanJson } from "./change-set";
import type { Reviewed } from "./reviewed";
import { savePlan } from "./save-plan";
import { missingUpstream, type Session, stateKey } from "./session";
import { nameIn, type Stack } from "./stacks";
import type { State } from "./state";
import { type Outcome, type Walk, walk } from "./walk";
import { MissingStateBucket, type Workspace } from "./workspace";

/**
 * Plans the stacks in order. A stack whose upstream is not applied yet waits: that is no failure.
 * @param reviewed notes what each stack's plan would change
 */
export function planEnvironment(session: Session, reviewed?: Reviewed): Promise<Walk> {
  const progress: Progress = { states: new Map(), changed: new Set(), reviewed };
  return walk(
    session.stacks.map((stack) => ({ name: stack.id, run: () => planStack(session, stack, progress) })),
  );
}

/** What the plans of the stacks before have shown. */
interface Progress {
  readonly states: Map<string, State | undefined>;
  readonly changed: Set<string>;
  readonly reviewed: Reviewed | undefined;
}

async function planStack(session: Session, stack: Stack, progress: Progress): Promise<Outcome> {
  const { states, changed, reviewed } = progress;
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
  const plan = await workspace.plan();
  if (reviewed || session.savedPlans) note(session, stack, await workspace.read(plan), reviewed);
  rmSync(plan.file, { force: true });
  const order = againstChanges(environment, stack, changed);
  if (!plan.changes) return { word: "unchanged", detail: order };
  changed.add(stack.id);
  return { word: "planned", detail: [plan.summary, order].filter(Boolean).join(", ") };
}

/** Keeps what somebody asked to keep of a plan. */
function note({ savedPlans }: Session, stack: Stack, plan: PlanJson, reviewed: Reviewed | undefined): void {
  reviewed?.add(stack.id, changeSetOf(plan, reviewed.key));
  if (savedPlans !== undefined) savePlan(savedPlans, stack, plan);
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
