import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeFolder } from "../../base/files";
import type { PlanJson } from "./change-set";
import type { Keep } from "./plan-environment";
import type { Reviewed } from "./reviewed";
import type { Stack } from "./stacks";

/**
 * What keeps plans as the user asked.
 *
 * @param reviewed notes what each plan would change
 * @param directory gets each plan, for `platform review --plan`
 * @returns undefined when nothing is asked for: reading a plan takes Terraform half a second
 */
export function keepPlans(reviewed: Reviewed | undefined, directory: string | undefined): Keep | undefined {
  if (reviewed === undefined && directory === undefined) return undefined;
  return (stack, plan) => {
    reviewed?.add(stack.id, plan);
    if (directory !== undefined) save(directory, stack, plan);
  };
}

/** For the user alone, since a plan carries values. */
function save(directory: string, { id }: Stack, plan: PlanJson): void {
  makeFolder(directory, 0o700);
  writeFileSync(join(directory, `${id}.tfplan.json`), JSON.stringify(plan), { mode: 0o600 });
}
