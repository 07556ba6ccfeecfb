import { Presets, SingleBar } from "cli-progress";
import type { Phase, Progress } from "../../release/publish";

/** What a publication does in each phase, for people. */
const words: Readonly<Record<Phase, string>> = {
  compare: "comparing with S3",
  upload: "uploading",
  verify: "verifying",
  activate: "moving current",
  inspect: "comparing dags/",
  mirror: "mirroring dags/",
};

/** Shows how far a publication is: one bar on a terminal, a line for each finished phase elsewhere. */
export class PublicationProgress {
  readonly #bar: SingleBar | undefined;
  readonly #stream: NodeJS.WriteStream;

  /** @default stream stderr, so that the summary on stdout can be piped */
  constructor(stream: NodeJS.WriteStream = process.stderr) {
    this.#stream = stream;
    if (!stream.isTTY) return;
    const format = "{phase} [{bar}] {value}/{total}";
    this.#bar = new SingleBar(
      { format, stream, barsize: 30, hideCursor: true, clearOnComplete: true },
      Presets.shades_classic,
    );
    this.#bar.start(1, 0, { phase: words.compare.padEnd(width) });
  }

  /** Takes the publisher's reports. */
  readonly show = ({ phase, done, total }: Progress): void => {
    if (this.#bar) {
      this.#bar.setTotal(total);
      this.#bar.update(done, { phase: words[phase].padEnd(width) });
    } else if (done === total) {
      this.#stream.write(`${words[phase]}: ${total} of ${total}\n`);
    }
  };

  /** Removes the bar. */
  end(): void {
    this.#bar?.stop();
  }
}

const width = Math.max(...Object.values(words).map((word) => word.length));

/** Shows the progress of work that reports it. */
export async function withProgress<Result>(
  work: (onProgress: (progress: Progress) => void) => Promise<Result>,
): Promise<Result> {
  const progress = new PublicationProgress();
  try {
    return await work(progress.show);
  } finally {
    progress.end();
  }
}
