import { Progress } from "./progress";

/** What a line of the jobs' structured log says: who says it, and what of it is for people. */
interface Said {
  readonly job: string;
  readonly note: string;
  /** Why the job failed; of its last line alone. */
  readonly reason?: string;
}

/** What a line says; undefined when it is none of the jobs'. */
function said(line: string): Said | undefined {
  if (!line.startsWith("{")) return undefined;
  try {
    const { job, message, stage, rows, seconds, reason } = JSON.parse(line);
    if (typeof job !== "string" || typeof message !== "string") return undefined;
    if (message === "failed" && typeof reason === "string") return { job, note: message, reason };
    if (typeof stage !== "string") return { job, note: message };
    const finished = `${stage}: ${Number(rows).toLocaleString("en")} rows in ${seconds} s`;
    return { job, note: message === "finished" ? finished : stage };
  } catch {
    return undefined;
  }
}

/** Follows the jobs of one process by its log: which one is at work, what it is at, how long each takes. */
export class JobsProgress {
  private progress: Progress;
  private began = performance.now();
  private readonly ended: Record<string, number> = {};
  private spoke = false;

  /** Why the job failed, in its own words; undefined when it did not come to say so. */
  reason: string | undefined;

  /** @param job what the process was started for; its lines may tell of several jobs, one after the other */
  constructor(public job: string) {
    this.progress = new Progress(job);
  }

  /** Takes a line of the process's output. */
  read(line: string): void {
    const what = said(line);
    if (what === undefined) return;
    if (what.job !== this.job) this.next(what.job);
    this.spoke = true;
    this.reason = what.reason ?? this.reason;
    this.progress.say(what.note);
  }

  /** Wall seconds of the jobs that have ended; the first one's begin with the process. */
  get seconds(): Readonly<Record<string, number>> {
    return this.ended;
  }

  /** The process ended well. */
  done(): void {
    this.count();
    this.progress.done();
  }

  /** The process ended otherwise. */
  failed(summary: string): void {
    this.count();
    this.progress.failed(summary);
  }

  /** Until the first job speaks, the process is only starting, and that is part of this job. */
  private next(job: string): void {
    if (this.spoke) {
      this.done();
      this.progress = new Progress(job);
      this.began = performance.now();
    } else {
      this.progress.rename(job);
    }
    this.job = job;
  }

  private count(): void {
    this.ended[this.job] = (performance.now() - this.began) / 1000;
  }
}
