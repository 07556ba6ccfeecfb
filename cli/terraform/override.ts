import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { onSignals } from "../../base/processes";
import { exitCodes } from "../../contracts/layout";
import { isTerraformRunning } from "./process";

/**
 * The override files that commands lay beside a stack's JSON for a while. Terraform merges them in the order of
 * their names, and the last one wins: the names start with z to win over an override of the user's own.
 */
export const OVERRIDES = {
  localState: "z_platform_local_state_override.tf.json",
  includingData: "z_platform_including_data_override.tf.json",
  // Terraform refuses `import` in an override file; this one adds to the stack's JSON.
  imports: "z_platform_imports.tf.json",
} as const;

/** Runs `work` while an override lies in the stack's folder; removes it afterwards, after a failure or an interrupt too. */
export async function withOverride<T>(
  directory: string,
  name: (typeof OVERRIDES)[keyof typeof OVERRIDES],
  content: object,
  work: () => Promise<T>,
): Promise<T> {
  const file = join(directory, name);
  const remove = (): void => rmSync(file, { force: true });
  process.on("exit", remove);
  const stopListening = onSignals(() => {
    if (!isTerraformRunning()) process.exit(exitCodes.interrupted);
  });
  try {
    // Terraform ignores the key `//` of a JSON file; a synthesis sees by it whether the command still runs.
    writeFileSync(file, `${JSON.stringify({ "//": { pid: process.pid }, ...content }, null, 2)}\n`);
    return await work();
  } finally {
    remove();
    process.removeListener("exit", remove);
    stopListening();
  }
}

/** Removes the files that commands which have ended left in a stack's folder; those of a running command stay. */
export function removeAbandoned(directory: string): void {
  for (const name of Object.values(OVERRIDES)) {
    const file = join(directory, name);
    if (existsSync(file) && !isInUse(file)) rmSync(file, { force: true });
  }
}

function isInUse(file: string): boolean {
  try {
    const { "//": about } = JSON.parse(readFileSync(file, "utf8")) as {
      readonly "//"?: { readonly pid?: number };
    };
    if (about?.pid === undefined || about.pid === process.pid) return false;
    process.kill(about.pid, 0);
    return true;
  } catch (error) {
    // EPERM is a process of somebody else; anything else is none, or a file that was not written whole.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
