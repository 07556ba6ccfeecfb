import { rmSync } from "node:fs";
import { confirm } from "../confirm";
import { requireCertificates, wantedCertificates } from "./certificates";
import { publishJobs } from "./publish-jobs";
import type { Session } from "./session";
import { readStackJson, type Stack } from "./stacks";
import { type Outcome, type Step, type Walk, walk } from "./walk";
import type { Workspace } from "./workspace";

/**
 * Applies the stacks in order, each from a saved plan that was shown and confirmed, once the certificates that they
 * look for are there. The jobs and DAGs are published before the stack with the Airflow environment: MWAA wants its DAG folder and requirements to exist
 * (source: Amazon MWAA, "Create an Amazon MWAA environment").
 */
export function applyEnvironment(session: Session, assumeYes: boolean): Promise<Walk> {
  const steps = session.stacks.flatMap((stack): Step[] => {
    const apply = { name: stack.id, run: () => applyStack(session.workspace(stack), stack, assumeYes) };
    return hasAirflow(stack)
      ? [{ name: "jobs and DAGs", run: () => publishJobs(session, assumeYes) }, apply]
      : [apply];
  });
  const needsCertificates = session.stacks.some((stack) => wantedCertificates(stack).length > 0);
  const before = { name: "certificates", run: () => requireCertificates(session) };
  return walk(needsCertificates ? [before, ...steps] : steps);
}

function hasAirflow({ directory }: Stack): boolean {
  return readStackJson(directory).resource?.aws_mwaa_environment !== undefined;
}

async function applyStack(workspace: Workspace, stack: Stack, assumeYes: boolean): Promise<Outcome> {
  await workspace.init();
  const plan = await workspace.plan();
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
