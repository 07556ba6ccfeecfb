import { rmSync } from "node:fs";
import pc from "picocolors";
import { BundleError } from "../../release/publish";
import { isProtectedType } from "../../stacks/core/protected";
import type { PlanJson } from "./change-set";
import { type Forgotten, readForgotten } from "./forgotten";
import { OVERRIDES, withOverride } from "./override";
import type { Stack } from "./stacks";
import { MissingImport, type Plan, type Workspace } from "./workspace";

/** A saved plan, and what it holds. */
export interface Planned {
  readonly plan: Plan;
  /** Values included; undefined for a plan without changes, which takes Terraform half a second to read. */
  readonly json: PlanJson | undefined;
}

/** What a plan is for. */
export interface PlanUse {
  /** Whether it is applied afterwards. @default false */
  readonly isApplied?: boolean;
}

/**
 * Plans a stack. What an earlier apply forgot and the configuration wants again is imported, not created twice.
 */
export async function planStack(
  workspace: Workspace,
  stack: Stack,
  { isApplied = false }: PlanUse = {},
): Promise<Planned> {
  const planned = await planOnce(workspace);
  const created = createdBy(planned.json);
  if (created.size === 0) return planned;
  const known = Object.entries(await forgottenIn(stack, isApplied)).filter(([address]) =>
    created.has(address),
  );
  if (known.length === 0) return planned;
  console.log(
    pc.dim(`${stack.id} │ imports what was forgotten: ${known.map(([address]) => address).join(", ")}`),
  );
  return planWithImports(workspace, stack, Object.fromEntries(known));
}

async function planOnce(workspace: Workspace): Promise<Planned> {
  const plan = await workspace.plan();
  try {
    return { plan, json: plan.changes ? await workspace.read(plan) : undefined };
  } catch (error) {
    rmSync(plan.file, { force: true });
    throw error;
  }
}

/** The addresses that a plan creates, when a protected resource is among them: nothing else needs an import. */
function createdBy(plan: PlanJson | undefined): ReadonlySet<string> {
  const created = (plan?.resource_changes ?? []).filter(
    ({ mode, change }) => mode === "managed" && change.actions.length === 1 && change.actions[0] === "create",
  );
  const isNeeded = created.some(({ type }) => isProtectedType(type));
  return new Set(isNeeded ? created.map(({ address }) => address) : []);
}

/** A role that may read states, but not this record of them, plans without it. An apply would create things twice. */
async function forgottenIn(stack: Stack, isApplied: boolean): Promise<Forgotten> {
  try {
    return await readForgotten(stack);
  } catch (error) {
    if (!(error instanceof BundleError) || isApplied) throw error;
    console.error(pc.yellow(`${stack.id}: what was forgotten earlier cannot be imported: ${error.message}`));
    return {};
  }
}

/** Imports what still exists: somebody may have deleted a forgotten resource by hand. */
async function planWithImports(workspace: Workspace, stack: Stack, ids: Forgotten): Promise<Planned> {
  const blocks = { import: Object.entries(ids).map(([to, id]) => ({ to, id })) };
  try {
    return await withOverride(stack.directory, OVERRIDES.imports, blocks, () => planOnce(workspace));
  } catch (error) {
    if (!(error instanceof MissingImport)) throw error;
    const { [error.address]: gone, ...rest } = ids;
    if (gone === undefined) throw error;
    console.log(pc.dim(`${stack.id} │ ${error.address} was deleted by somebody; it is created`));
    return Object.keys(rest).length === 0 ? planOnce(workspace) : planWithImports(workspace, stack, rest);
  }
}
