import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Stack } from "./stacks";

/** Keeps a stack's plan, in Terraform's JSON, for `platform review --plan`: for the user alone, since it carries values. */
export function savePlan(directory: string, { id }: Stack, plan: object): void {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  writeFileSync(join(directory, `${id}.tfplan.json`), JSON.stringify(plan), { mode: 0o600 });
}
