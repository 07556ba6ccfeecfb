import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
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
  readonly child: ChildProcessWithoutNullStreams;
  readonly ended: Promise<Ended>;
  /** Resolves when the output so far matches; rejects when the process ends without. */
  readonly says: (pattern: RegExp) => Promise<void>;
}

/** Starts the real command line, without a terminal. */
export function startPlatform(args: readonly string[], environment: Record<string, string> = {}): Running {
  return follow(join(root, "platform"), args, environment);
}

/** Starts the real command line on a terminal of its own; what is written to its stdin is typed there. */
export function startOnTerminal(args: readonly string[], environment: Record<string, string> = {}): Running {
  const python = join(root, ".venv", "tools", "bin", "python");
  const onTerminal = "import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))";
  return follow(python, ["-c", onTerminal, join(root, "platform"), ...args], environment);
}

function follow(command: string, args: readonly string[], environment: Record<string, string>): Running {
  const child = spawn(command, args, {
    cwd: root,
    env: { ...process.env, NO_COLOR: "1", ...environment },
    stdio: ["pipe", "pipe", "pipe"],
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

/** Runs the real command line to its end, with the given input. */
export function runPlatform(
  args: readonly string[],
  environment: Record<string, string> = {},
  input = "",
): Promise<Ended> {
  const { child, ended } = startPlatform(args, environment);
  child.stdin.end(input);
  return ended;
}
