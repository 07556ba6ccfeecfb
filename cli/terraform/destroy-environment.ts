import { rmSync } from "node:fs";
import pc from "picocolors";
import { Failure } from "../../base/failure";
import { exitCodes } from "../../contracts/layout";
import { confirm } from "../confirm";
import type { State } from "../state-file";
import { forgottenBy, recordForgotten } from "./forgotten";
import { OVERRIDES, withOverride } from "./override";
import { stopApplications } from "./serverless-applications";
import type { Session } from "./session";
import type { Stack } from "./stacks";
import { managedAddresses } from "./state";
import { lockedByThemselves, protectedAddresses, stillLocked, withoutProtection } from "./stateful";
import { type Outcome, type Walk, walk } from "./walk";
import type { Workspace } from "./workspace";

/** What the user gave to say yes with. */
export interface DestroyKeys {
  readonly yes: boolean;
  /** `<project>-<environment>`: gives up the data too. */
  readonly includingData: string | undefined;
}

interface Existing {
  readonly stack: Stack;
  readonly state: State | undefined;
}

/**
 * Destroys the environment's stacks, last one first. Nothing is touched while a stateful resource exists and one of
 * two keys is missing: the environment's, which the command gives, and the resource's own setting. The account's bootstrap stack is not the environment's: it stays.
 */
export async function destroyEnvironment(session: Session, keys: DestroyKeys): Promise<Walk> {
  const existing = await readStates(session);
  const data = existing.flatMap(({ stack, state }) =>
    protectedAddresses(stack, state).map((address) => `${stack.id}: ${address}`),
  );
  requireKey(session, data, keys.includingData);
  requireOwnKeys(
    session,
    existing.flatMap(({ stack, state }) =>
      lockedByThemselves(stack, state).map((locked) => `${stack.id}: ${locked}`),
    ),
  );
  const count = existing.reduce((sum, { state }) => sum + managedAddresses(state).length, 0);
  const what = `${count} resources of ${session.config.environment}${data.length > 0 ? ", their data included" : ""}`;
  if (count > 0 && !(await confirm(pc.red(`Destroy ${what}?`), keys.yes)))
    return { rows: [], failure: declined() };
  const includingData = keys.includingData !== undefined;
  return walk(
    existing.map(({ stack, state }) => ({
      name: stack.id,
      run: () => destroyStack(session.workspace(stack), stack, state, includingData),
    })),
  );
}

function declined(): Failure {
  return new Failure("stopped: you declined; nothing was destroyed", undefined, exitCodes.interrupted);
}

/** The states of the stacks, last stack first. */
async function readStates(session: Session): Promise<Existing[]> {
  const existing: Existing[] = [];
  for (const stack of [...session.stacks].reverse()) {
    const workspace = session.workspace(stack);
    await workspace.init();
    existing.push({ stack, state: await workspace.state() });
  }
  return existing;
}

function requireKey({ config }: Session, data: readonly string[], given: string | undefined): void {
  const key = `${config.project}-${config.environment}`;
  if (given !== undefined && given !== key) {
    throw new Failure(
      `--including-data ${given} is not this environment's key; nothing was touched`,
      `the key is ${key}`,
    );
  }
  if (data.length === 0 || given === key) return;
  throw new Failure(
    `${config.environment} keeps data; nothing was touched:\n  ${data.join("\n  ")}`,
    `to lose that data for good: ./platform destroy --env ${config.environment} --including-data ${key}`,
  );
}

/** The second key: each resource's own setting. */
function requireOwnKeys({ config }: Session, locked: readonly string[]): void {
  if (locked.length === 0) return;
  throw new Failure(
    `${config.environment} keeps data by its own settings; nothing was touched:\n  ${locked.join("\n  ")}`,
    `to lose that data for good, make these settings in the environment's file and run ./platform synth`,
  );
}

async function destroyStack(
  workspace: Workspace,
  stack: Stack,
  state: State | undefined,
  includingData: boolean,
): Promise<Outcome> {
  if (managedAddresses(state).length === 0) return { word: "absent", detail: "nothing to destroy" };
  const destroy = async (): Promise<Outcome> => {
    if (includingData) await unlock(workspace, state);
    const plan = await workspace.plan({ destroy: true });
    try {
      const json = await workspace.read(plan);
      await recordForgotten(stack, forgottenBy(json));
      await stopApplications(stack, json);
      return { word: "destroyed", detail: await workspace.apply(plan) };
    } finally {
      rmSync(plan.file, { force: true });
    }
  };
  const override = includingData ? withoutProtection(stack) : undefined;
  if (!override) return destroy();
  return withOverride(stack.directory, OVERRIDES.includingData, override, destroy);
}

async function unlock(workspace: Workspace, state: State | undefined): Promise<void> {
  const targets = stillLocked(state);
  if (targets.length === 0) return;
  const plan = await workspace.plan({ targets });
  if (plan.changes) await workspace.apply(plan);
  else rmSync(plan.file, { force: true });
}
