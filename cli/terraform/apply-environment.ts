import { rmSync } from "node:fs";
import { confirm } from "../confirm";
import { requireCertificates, wantedCertificates } from "./certificates";
import { changeSetOf } from "./change-set";
import { publishFirst, publishJobs } from "./publish-jobs";
import type { Reviewed } from "./reviewed";
import type { Session } from "./session";
import { readStackJson, type Stack } from "./stacks";
import { type Outcome, type Step, type Walk, walk } from "./walk";
import type { Plan, Workspace } from "./workspace";

/**
 * Applies the stacks in order, each from a saved plan that was shown and confirmed, once the certificates that they
 * look for are there. The jobs and DAGs are published before the stack with the Airflow environment: MWAA wants its DAG folder and requirements to exist
 * (source: Amazon MWAA, "Create an Amazon MWAA environment").
 *
 * @param reviewed the only changes that may be applied. Jobs and DAGs are not among them: they are published only where
 * there are none yet.
 */
export function applyEnvironment(session: Session, assumeYes: boolean, reviewed?: Reviewed): Promise<Walk> {
  const steps = session.stacks.flatMap((stack): Step[] => {
    const workspace = session.workspace(stack);
    const apply = { name: stack.id, run: () => applyStack(workspace, stack, { assumeYes, reviewed }) };
    const publish = () => (reviewed ? publishFirst(session, assumeYes) : publishJobs(session, assumeYes));
    return hasAirflow(stack) ? [{ name: "jobs and DAGs", run: publish }, apply] : [apply];
  });
  const needsCertificates = session.stacks.some((stack) => wantedCertificates(stack).length > 0);
  const before = { name: "certificates", run: () => requireCertificates(session) };
  return walk(needsCertificates ? [before, ...steps] : steps);
}

function hasAirflow({ directory }: Stack): boolean {
  return readStackJson(directory).resource?.aws_mwaa_environment !== undefined;
}

/** How a stack is applied. */
interface Consent {
  readonly assumeYes: boolean;
  readonly reviewed: Reviewed | undefined;
}

async function applyStack(
  workspace: Workspace,
  stack: Stack,
  { assumeYes, reviewed }: Consent,
): Promise<Outcome> {
  await workspace.init();
  const plan = await workspace.plan();
  if (reviewed) await requireReviewed(workspace, stack, plan, reviewed);
  if (!plan.changes) {
    rmSync(plan.file, { force: true });
    return { word: "unchanged", detail: "" };
  }
  if (!(await confirm(`Apply this to ${stack.id} (${plan.summary})?`, assumeYes))) {
    rmSync(plan.file, { force: true });
    return { word: "declined", detail: "nothing was changed" };
  }
  return { word: "applied", detail: await workspace.apply(plan) };
}

/** Compares a saved plan with what was reviewed, and removes it where it is something else. */
async function requireReviewed(
  workspace: Workspace,
  stack: Stack,
  plan: Plan,
  reviewed: Reviewed,
): Promise<void> {
  try {
    reviewed.require(stack.id, changeSetOf(await workspace.read(plan), reviewed.key));
  } catch (error) {
    rmSync(plan.file, { force: true });
    throw error;
  }
}
