import { JobsProgress } from "../../../cli/spark/jobs-progress";

const line = (job: string, content: object): string => JSON.stringify({ level: "INFO", job, ...content });

describe("progress of jobs", () => {
  let written: jest.SpyInstance;

  beforeEach(() => {
    jest.useFakeTimers();
    written = jest.spyOn(process.stdout, "write").mockReturnValue(true);
  });

  afterEach(() => {
    written.mockRestore();
    jest.useRealTimers();
  });

  const shown = (): string[] =>
    written.mock.calls
      .map(([text]) => String(text))
      .join("")
      .split("\n");

  test("counts each job from where the one before it ended, and Spark's start as the first one's", () => {
    const progress = new JobsProgress("pipeline");
    jest.advanceTimersByTime(4_000);
    progress.read(line("ingest", { message: "started", stage: "orders" }));
    jest.advanceTimersByTime(6_000);
    progress.read(line("ingest", { message: "finished", stage: "orders", rows: 1234567, seconds: 6 }));
    progress.read(line("curate", { message: "started", stage: "orders" }));
    expect(progress.job).toBe("curate");
    jest.advanceTimersByTime(2_000);
    progress.done();
    expect(progress.seconds).toEqual({ ingest: 10, curate: 2 });
    expect(shown()).toEqual([
      "pipeline: started",
      "ingest 0:04 orders",
      "ingest 0:10 orders: 1,234,567 rows in 6 s",
      "✓ ingest       0:10",
      "curate: started",
      "curate 0:00 orders",
      "✓ curate       0:02",
      "",
    ]);
  });

  test.each([
    "26/01/31 12:00:00 WARN Utils: words",
    "{ not JSON",
    "{}",
    '{"job":"ingest"}',
    '{"message":"words"}',
  ])("is not moved by a line that is no job's: %s", (other) => {
    const progress = new JobsProgress("marts");
    progress.read(other);
    progress.failed("exit code 1");
    expect(progress.job).toBe("marts");
    expect(shown()).toEqual(["marts: started", "✗ marts        0:00  exit code 1", ""]);
  });
});
