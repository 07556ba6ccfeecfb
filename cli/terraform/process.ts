import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { StringDecoder } from "node:string_decoder";
import pc from "picocolors";
import { ended, onSignals } from "../../base/processes";
import { places } from "../places";
import type { Terraform } from "./executable";

/** One run of Terraform. */
export interface TerraformRun {
  readonly directory: string;
  readonly args: readonly string[];
  /**
   * Put before every line shown.
   * @default the run is silent
   */
  readonly prefix?: string;
  /**
   * Shows the lines that match alone.
   * @default all lines
   */
  readonly only?: RegExp;
}

/** How a run of Terraform ended. */
export interface TerraformResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Whether the user interrupted it; Terraform then finished what it had begun and released its lock. */
  readonly interrupted: boolean;
}

const MARKS: Record<string, (text: string) => string> = {
  "+": pc.green,
  "-": pc.red,
  "~": pc.yellow,
  "╷": pc.red,
  "│": pc.red,
  "╵": pc.red,
};

/** Terraform writes without colours into a pipe: gives its lines those of its first mark back. */
function paint(line: string): string {
  const colour = MARKS[line.trimStart()[0] ?? ""];
  return colour ? colour(line) : line;
}

/** Collects a stream and shows it line by line. */
class Lines {
  private readonly decoder = new StringDecoder("utf8");
  private readonly chunks: string[] = [];
  private rest = "";

  constructor(private readonly show: (line: string) => void) {}

  add(data: Buffer): void {
    const text = this.decoder.write(data);
    this.chunks.push(text);
    const lines = (this.rest + text).split("\n");
    this.rest = lines.pop() ?? "";
    for (const line of lines) this.show(line);
  }

  end(): string {
    if (this.rest) this.show(this.rest);
    return this.chunks.join("");
  }
}

/** Environment of every run: no questions, and one copy of the provider for all stacks. */
function environment(): NodeJS.ProcessEnv {
  mkdirSync(places.pluginCache, { recursive: true });
  return {
    TF_PLUGIN_CACHE_DIR: places.pluginCache,
    // The provider's version is pinned exactly in the synthesized JSON; the lock files beside it are as generated as it is.
    TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE: "true",
    ...process.env,
    TF_IN_AUTOMATION: "1",
    TF_INPUT: "0",
  };
}

/**
 * Passes interrupts on, once each: Terraform runs in a process group of its own, since a terminal's Ctrl-C would
 * reach it a second time through us, and its second interrupt makes it stop at once and keep its lock.
 */
function forwardSignals(child: ChildProcess): () => boolean {
  return onSignals(() => {
    console.error(pc.yellow("\ninterrupted: Terraform finishes what it has begun and releases its lock"));
    child.kill("SIGINT");
  });
}

let running = 0;

/** Whether a Terraform is at work: it then answers the interrupts. */
export function isTerraformRunning(): boolean {
  return running > 0;
}

/** Runs Terraform to its end; never rejects for its exit code. */
export async function runTerraform(terraform: Terraform, run: TerraformRun): Promise<TerraformResult> {
  const show = (line: string): void => {
    if (run.prefix !== undefined && (run.only?.test(line) ?? true))
      console.log(`${run.prefix}${paint(line)}`);
  };
  const args = [...terraform.prefix, `-chdir=${run.directory}`, ...run.args];
  const child = spawn(terraform.command, args, {
    cwd: places.root,
    env: environment(),
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const interrupted = forwardSignals(child);
  running += 1;
  const [stdout, stderr] = [new Lines(show), new Lines(show)];
  child.stdout.on("data", (data) => stdout.add(data));
  child.stderr.on("data", (data) => stderr.add(data));
  try {
    const code = (await ended(child)) ?? 1;
    return { code, stdout: stdout.end(), stderr: stderr.end(), interrupted: interrupted() };
  } finally {
    interrupted();
    running -= 1;
  }
}
