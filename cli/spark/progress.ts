import pc from "picocolors";

const FRAMES = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
const FRAME_MS = 120;
/** Without a terminal, a step that says nothing is reported this often. */
const HEARTBEAT_MS = 15_000;

/** `1:05`. */
export function clock(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** Shows that a long step is alive and what it is at: one live line on a terminal, plain lines elsewhere. */
export class Progress {
  private readonly started = performance.now();
  private readonly timer: NodeJS.Timeout;
  private frame = 0;
  private note = "";

  constructor(
    private name: string,
    private readonly stream: NodeJS.WriteStream = process.stdout,
  ) {
    if (!stream.isTTY) stream.write(`${name}: started\n`);
    this.timer = setInterval(() => this.tick(), stream.isTTY ? FRAME_MS : HEARTBEAT_MS);
  }

  /** What the step is at now. */
  say(note: string): void {
    if (note === this.note) return;
    this.note = note;
    if (!this.stream.isTTY) this.stream.write(`${this.name} ${this.elapsed()} ${note}\n`);
  }

  /** Goes on under another name. */
  rename(name: string): void {
    this.name = name;
  }

  /** Ends the line: done, with what there is to say about it. */
  done(summary = ""): void {
    this.end(pc.green("✓"), summary);
  }

  failed(summary = ""): void {
    this.end(pc.red("✗"), summary);
  }

  private end(mark: string, summary: string): void {
    clearInterval(this.timer);
    if (this.stream.isTTY) this.stream.write("\r\x1b[2K");
    this.stream.write(`${mark} ${this.name.padEnd(10)} ${this.elapsed().padStart(6)}  ${summary}`.trimEnd());
    this.stream.write("\n");
  }

  private elapsed(): string {
    return clock(performance.now() - this.started);
  }

  private tick(): void {
    if (!this.stream.isTTY) {
      this.stream.write(`${this.name} ${this.elapsed()} ${this.note || "running"}\n`);
      return;
    }
    this.frame = (this.frame + 1) % FRAMES.length;
    const line = `${FRAMES[this.frame]} ${this.name.padEnd(10)} ${this.elapsed().padStart(6)}  ${this.note}`;
    this.stream.write(`\r\x1b[2K${line.slice(0, Math.max(20, this.stream.columns - 1))}`);
  }
}
