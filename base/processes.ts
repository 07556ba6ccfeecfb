import type { ChildProcess } from "node:child_process";

/** How a terminal, a supervisor and a lost connection ask a process to end. */
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Calls `handle` on each signal that asks this process to end, which then does not end it.
 *
 * @returns what stops that, and tells whether a signal came
 */
export function onSignals(handle: () => void): () => boolean {
  let came = false;
  const listener = (): void => {
    came = true;
    handle();
  };
  for (const signal of SIGNALS) process.on(signal, listener);
  return () => {
    for (const signal of SIGNALS) process.removeListener(signal, listener);
    return came;
  };
}

/**
 * Waits until a process has ended and all its output is read.
 *
 * @returns its exit code; null when a signal ended it
 * @throws the error of a process that cannot be started
 */
export function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
}

/** Signals a whole process group, which has the id of its first process; does nothing when it has ended. */
export function signalGroup(group: number, signal: NodeJS.Signals): void {
  signalled(-group, signal);
}

/** Signals one process; does nothing when it has ended. */
export function signalProcess(pid: number, signal: NodeJS.Signals): void {
  signalled(pid, signal);
}

function signalled(target: number, signal: NodeJS.Signals): void {
  try {
    process.kill(target, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
