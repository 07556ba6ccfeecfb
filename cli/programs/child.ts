import { type ChildProcess, spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { dirname } from "node:path";
import { createInterface } from "node:readline";
import { Failure } from "../../base/failure";
import { makeFolder, systemFault, unwritable } from "../../base/files";
import { ended, signalGroup, signalProcess } from "../../base/processes";
import { shown } from "../places";
import type { Reaper } from "./reaper";

/** A program that runs as long as the command does, or until it has done its part. */
export interface Program {
  /** What people call it, `broker`. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  /** Where its whole output goes. */
  readonly log: string;
  /** Milliseconds that it gets to end by itself. */
  readonly grace: number;
  /** Make's target that installs it, `install-stream`. */
  readonly installedBy: string;
}

/** How a program ended. */
export interface End {
  /** Null when a signal ended it. */
  readonly code: number | null;
  /** Whether it was asked to end. */
  readonly stopped: boolean;
}

/** Lines that are looked at for the reason of a failure, those of them that are shown, and those where none stands out. */
const LINES = { kept: 200, notable: 20, ordinary: 5 };

/** A running program in a process group of its own, so that a terminal's Ctrl-C reaches only the command that started it. */
export class Child {
  readonly ended: Promise<End>;
  private readonly tail: string[] = [];
  private readonly process: ChildProcess;
  private stopping: Promise<void> | undefined;
  private broken: Error | undefined;

  /**
   * @param reaper ends the group should this process be killed
   * @param read takes each line of the output
   */
  constructor(
    readonly program: Program,
    reaper: Reaper,
    read: (line: string) => void = () => undefined,
  ) {
    makeFolder(dirname(program.log));
    this.process = spawn(program.command, program.args, {
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, ...program.env },
    });
    const { pid } = this.process;
    if (pid !== undefined) reaper.add(pid);
    this.keepOutput(read);
    this.ended = this.untilEnded().finally(() => {
      if (pid !== undefined) reaper.remove(pid);
    });
    // Whoever waits for it sees its failure; nobody may wait yet.
    this.ended.catch(() => undefined);
  }

  /** Asks the program to end, and ends its whole group when its grace is over. Resolves when nothing of it is left. */
  stop(): Promise<void> {
    this.stopping ??= this.stopped();
    return this.stopping;
  }

  /** Ends the whole group at once. */
  kill(): void {
    this.stopping ??= this.ended.then(
      () => undefined,
      () => undefined,
    );
    this.signal(signalGroup, "SIGKILL");
  }

  /** Why it ended though nobody asked it to: its last warnings and errors, else its last lines, and where the others are. */
  failure({ code }: End): Failure {
    const { name, log } = this.program;
    if (this.broken !== undefined) {
      const found = unwritable(log, this.broken);
      if (found instanceof Failure) return found;
    }
    const how = code === null ? "was killed" : `ended with exit code ${code}`;
    const said = reasonIn(this.tail) ?? toldBy(this.tail).join("\n");
    const remedy = `the whole log: ${shown(log)}`;
    const fault = systemFault(this.tail.join("\n"));
    return new Failure(
      `the ${name} ${how}${said === "" ? "" : `:\n${said}`}`,
      fault === undefined ? remedy : `${fault.remedy}; ${remedy}`,
    );
  }

  private async stopped(): Promise<void> {
    // Only the first process: Spark's JVM must outlive the Python that ends its work.
    this.signal(signalProcess, "SIGTERM");
    const timer = setTimeout(() => this.signal(signalGroup, "SIGKILL"), this.program.grace);
    await this.ended.catch(() => undefined);
    clearTimeout(timer);
  }

  private signal(send: (pid: number, signal: NodeJS.Signals) => void, signal: NodeJS.Signals): void {
    if (this.process.pid !== undefined) send(this.process.pid, signal);
  }

  private async untilEnded(): Promise<End> {
    // Processes that the first one started may hold its output open: they end with it.
    this.process.once("exit", () => this.signal(signalGroup, "SIGKILL"));
    const code = await ended(this.process).catch((error: NodeJS.ErrnoException) => {
      throw new Failure(
        `the ${this.program.name} cannot be started: ${error.message}`,
        `run \`make ${this.program.installedBy}\``,
      );
    });
    return { code, stopped: this.stopping !== undefined };
  }

  private keepOutput(read: (line: string) => void): void {
    const file = createWriteStream(this.program.log);
    file.on("error", (error) => {
      this.broken = error;
      this.signal(signalProcess, "SIGTERM");
    });
    for (const input of [this.process.stdout, this.process.stderr]) {
      if (!input) continue;
      createInterface({ input }).on("line", (line) => {
        if (!file.destroyed) file.write(`${line}\n`);
        this.tail.push(line);
        if (this.tail.length > LINES.kept) this.tail.shift();
        read(line);
      });
    }
    this.process.on("close", () => file.end());
  }
}

/** The reason that a job gives for its failure, as etl/logs.py writes it. */
function reasonIn(lines: readonly string[]): string | undefined {
  for (const line of [...lines].reverse()) {
    const said = /^\{.*"reason": ?"((?:[^"\\]|\\.)*)"/.exec(line);
    if (said) return JSON.parse(`"${said[1]}"`);
  }
  return undefined;
}

/** The lines that tell most about a failure. Requests that went well tell nothing. */
function toldBy(lines: readonly string[]): readonly string[] {
  const notable = lines.filter((line) => !isOrdinary(line));
  return notable.length > 0 ? notable.slice(-LINES.notable) : lines.slice(-LINES.ordinary);
}

/** Whether a line says of itself that it is less than a warning: in JSON, or by its first word after the time. */
function isOrdinary(line: string): boolean {
  return /^\{.*"level": ?"(debug|info)"/i.test(line) || /^[\s\d:,./[\]T+Z-]*(TRACE|DEBUG|INFO)\b/.test(line);
}
