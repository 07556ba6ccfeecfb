import { spawnSync } from "node:child_process";

/** What an openssl command printed, both streams, and its exit code. */
export interface Answer {
  readonly code: number | null;
  readonly output: string;
}

/** Runs the real openssl. A test without it fails: nobody else's opinion counts here. */
export function openssl(...args: readonly string[]): Answer {
  const { error, status, stdout, stderr } = spawnSync("openssl", [...args], { encoding: "utf8" });
  if (error) throw new Error(`openssl cannot be run (${error.message}): install it, these tests need it`);
  return { code: status, output: stdout + stderr };
}
