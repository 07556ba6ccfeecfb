import { join } from "node:path";
import type { Program } from "../../../cli/programs/child";

/** A program of Node's that is watched like those of a stream. */
export function nodeProgram(folder: string, name: string, script: string, grace = 10_000): Program {
  const log = join(folder, `${name}.log`);
  return { name, command: process.execPath, args: ["-e", script], log, grace, installedBy: "install-it" };
}

/** Runs until it is asked to end, then appends its name to a file. */
export function endsInOrder(name: string, file: string): string {
  return `
    process.on("SIGTERM", () => {
      setTimeout(() => { require("node:fs").appendFileSync(${JSON.stringify(file)}, ${JSON.stringify(`${name} `)}); process.exit(0); }, 100);
    });
    console.log("up");
    setInterval(() => undefined, 1000);`;
}

/** Ignores what asks it to end, and has a child that does, too. */
export const STUBBORN = `
  process.on("SIGTERM", () => console.log("no"));
  const child = require("node:child_process").spawn("sleep", ["600"], { stdio: "inherit" });
  console.log("child " + child.pid);
  setInterval(() => undefined, 1000);`;

/** Whether a process is there. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Resolves when something is true; fails the test after a while. */
export async function eventually(isTrue: () => boolean, seconds = 10): Promise<void> {
  const end = Date.now() + seconds * 1000;
  while (!isTrue()) {
    if (Date.now() > end) throw new Error("it did not come true");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
