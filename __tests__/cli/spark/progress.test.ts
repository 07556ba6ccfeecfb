import { PassThrough } from "node:stream";
import { clock, Progress } from "../../../cli/spark/progress";

/** A stream that remembers what was written to it, and says whether it is a terminal. */
function screen(isTTY: boolean): { stream: NodeJS.WriteStream; written: () => string } {
  const stream = Object.assign(new PassThrough(), { isTTY, columns: 60 });
  return { stream: stream as unknown as NodeJS.WriteStream, written: () => String(stream.read() ?? "") };
}

describe("progress", () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });

  afterEach(() => {
    jest.useRealTimers();
  });

  test("is plain lines where there is no terminal: each new thing once, and a sign of life", () => {
    const { stream, written } = screen(false);
    const progress = new Progress("curate", stream);
    progress.say("orders");
    progress.say("orders");
    jest.advanceTimersByTime(16_000);
    progress.done("3 tables");
    jest.advanceTimersByTime(60_000);
    expect(written()).toBe(
      "curate: started\ncurate 0:00 orders\ncurate 0:15 orders\n✓ curate       0:16  3 tables\n",
    );
  });

  test("is one live line on a terminal, cut to its width, that the end replaces", () => {
    const { stream, written } = screen(true);
    const progress = new Progress("curate", stream);
    progress.say("x".repeat(100));
    jest.advanceTimersByTime(240);
    progress.failed();
    const frames = written().split("\r\x1b[2K");
    expect(frames).toHaveLength(4);
    expect(frames.at(1)).toMatch(/^. curate +0:00 {2}x+$/);
    expect(frames.at(1)).toHaveLength(59);
    expect(frames.at(-1)).toBe("✗ curate       0:00\n");
  });

  test("tells time as a clock does", () => {
    expect([0, 59_999, 65_000, 3_600_000].map(clock)).toEqual(["0:00", "0:59", "1:05", "60:00"]);
  });
});
