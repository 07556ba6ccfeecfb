import { Failure } from "../../base/failure";
import { onSignals } from "../../base/processes";
import { exitCodes } from "../../contracts/layout";
import { shown } from "../places";
import { Child, type End, type Program } from "./child";
import { Reaper } from "./reaper";

/** How a program is watched. */
interface Watch {
  /** Takes each line of its output. @default nothing */
  readonly read?: (line: string) => void;
}

/** The programs of one start: they live and end together. */
export class Session {
  private readonly children: Child[] = [];
  private readonly controller = new AbortController();
  private readonly reaper = new Reaper();
  private readonly unsubscribe: () => boolean;
  private signals = 0;

  /**
   * @param logs folder of the programs' logs, for errors to name
   * @param onInterrupt says that the programs are being stopped
   * @param kept what the error of an interrupted session says of the work
   */
  constructor(
    private readonly logs: string,
    private readonly onInterrupt: () => void = () => undefined,
    private readonly kept = "what was acknowledged is kept, and the next start goes on where this one ended",
  ) {
    this.unsubscribe = onSignals(() => this.interrupt());
  }

  /** Aborted when a program breaks or the user interrupts. */
  get signal(): AbortSignal {
    return this.controller.signal;
  }

  get interrupted(): boolean {
    return this.signals > 0;
  }

  /** Starts a program that runs until it is stopped; should it end by itself, the whole session fails. */
  start(program: Program, { read }: Watch = {}): Child {
    const child = this.launch(program, read);
    child.ended.then(
      (end) => {
        if (!end.stopped) this.abort(child.failure(end));
      },
      (error) => this.abort(error),
    );
    return child;
  }

  /**
   * Runs a program to its end.
   *
   * @param accepted exit codes that are no failure
   */
  async run(program: Program, accepted: readonly number[] = [0], { read }: Watch = {}): Promise<End> {
    const child = this.launch(program, read);
    const end = await this.wait(child.ended);
    if (!accepted.includes(end.code ?? -1) && !end.stopped) throw child.failure(end);
    return end;
  }

  /** Waits for a promise, unless a program breaks or the user interrupts before. */
  wait<Value>(promise: Promise<Value>): Promise<Value> {
    // A promise that nobody awaits must not fail unseen.
    promise.catch(() => undefined);
    return new Promise((resolve, reject) => {
      const abort = () => reject(this.signal.reason);
      if (this.signal.aborted) return abort();
      this.signal.addEventListener("abort", abort, { once: true });
      promise.then(resolve, reject).finally(() => this.signal.removeEventListener("abort", abort));
    });
  }

  /** Waits for work that a signal can abort, at most some seconds. */
  async within<Value>(
    what: string,
    seconds: number,
    work: (signal: AbortSignal) => Promise<Value>,
  ): Promise<Value> {
    const timeout = AbortSignal.timeout(seconds * 1000);
    try {
      return await this.wait(work(AbortSignal.any([timeout, this.signal])));
    } catch (error) {
      if (!timeout.aborted || this.signal.aborted) throw error;
      throw new Failure(`${what} after ${seconds} seconds`, `see the logs in ${shown(this.logs)}`);
    }
  }

  /** Stops the programs, the one that was started last first: each ends before what it needs does. */
  async stop(): Promise<void> {
    try {
      for (const child of [...this.children].reverse()) await child.stop();
    } finally {
      this.unsubscribe();
      this.reaper.close();
    }
  }

  private launch(program: Program, read?: (line: string) => void): Child {
    this.signal.throwIfAborted();
    const child = new Child(program, this.reaper, read);
    this.children.push(child);
    return child;
  }

  /** The first signal ends the session in order, the second one at once. */
  private interrupt(): void {
    this.signals += 1;
    if (this.signals > 1) {
      for (const child of this.children) child.kill();
      return;
    }
    this.onInterrupt();
    this.abort(new Failure(`interrupted: ${this.kept}`, undefined, exitCodes.interrupted));
  }

  private abort(reason: unknown): void {
    if (!this.signal.aborted) this.controller.abort(reason);
  }
}
