import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";

const root = join(__dirname, "..", "..");

/** How `./platform …` ended. */
export interface Ended {
  readonly code: number | null;
  /** Both streams, as they came. */
  readonly output: string;
}

/** A running `./platform …`. */
export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Resolves when the output so far matches; rejects when the process ends without. */
  readonly says: (pattern: RegExp) => Promise<void>;
}

/** Starts the real command line, without a terminal. */
export function startPlatform(args: readonly string[], environment: Record<string, string> = {}): Running {
  const child = spawn(join(root, "platform"), args, {
    cwd: root,
    env: { ...process.env, NO_COLOR: "1", ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  const watchers = new Set<() => void>();
  const collect = (data: Buffer): void => {
    output += data;
    for (const watcher of watchers) watcher();
  };
  child.stdout.on("data", collect);
  child.stderr.on("data", collect);
  const ended = new Promise<Ended>((resolve) => {
    child.on("close", (code) => resolve({ code, output }));
  });
  const said = (pattern: RegExp): Promise<void> =>
    new Promise((resolve, reject) => {
      const watcher = (): void => {
        if (!pattern.test(output)) return;
        watchers.delete(watcher);
        resolve();
      };
      watchers.add(watcher);
      watcher();
      ended.then(() => reject(new Error(`it ended without saying ${pattern}:\n${output}`)));
    });
  return { child, ended, says: said };
}

/** Runs the real command line to its end. */
export function runPlatform(
  args: readonly string[],
  environment: Record<string, string> = {},
): Promise<Ended> {
  return startPlatform(args, environment).ended;
}
