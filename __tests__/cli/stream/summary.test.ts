import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { foldersOf } from "../../../cli/stream/folders";
import { Status } from "../../../cli/stream/status";
import { describeStream } from "../../../cli/stream/summary";

const BEGAN = "2026-03-01T12:00:00.000Z";

describe("what a stream says at its end", () => {
  let root: string;
  let status: Status;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "summary-"));
    status = new Status();
  });

  afterEach(() => rmSync(root, { recursive: true, force: true }));

  function processed(read: number, lag: number): void {
    const orders = { read, inserted: read, updated: 0, superseded: 0, quarantined: 0, lag };
    status.readJob(JSON.stringify({ message: "micro-batch", datasets: { orders }, seconds: 1 }));
  }

  const acknowledged = (count: number) =>
    status.readTraffic(JSON.stringify({ message: "finished", sent: count, acknowledged: count }));

  function describeIt(): string {
    const where = { folders: foldersOf(root, undefined), report: join(root, "report.html") };
    return stripVTControlCharacters(
      describeStream(where, status, { endpointUrl: "http://127.0.0.1:8000" }, BEGAN),
    );
  }

  test("is done when every acknowledged record is processed", () => {
    acknowledged(100);
    processed(100, 0);
    expect(describeIt()).toMatch(/^✓ 100 records processed/);
    expect(describeIt()).not.toContain("not processed yet");
  });

  test.each([
    ["the last micro-batch left", 100, 40, "40 acknowledged records"],
    ["came after the last micro-batch", 161, 0, "61 acknowledged records"],
    ["is the only one", 101, 0, "1 acknowledged record"],
  ])("counts what %s as not processed", (_, sent, lag, count) => {
    acknowledged(sent);
    processed(100, lag);
    const [first, second] = describeIt().split("\n");
    expect(first).toMatch(/^! 100 records processed/);
    expect(second).toBe(`  not processed yet: at least ${count}, which the next start processes`);
  });

  test.each([
    ["2026-03-01T11:59:59.999000+00:00", false],
    ["2026-03-01T12:00:05.000000+00:00", true],
  ])("tells what the generator that started at %s has sent: %p", (started_at, isTold) => {
    const counts = { sent: 7, acknowledged: 7, refused: 0, unknown: 0 };
    const sound = { dataset: "orders", kind: "sound", route: "endpoint", expected: "row", reason: null };
    writeFileSync(
      join(root, "traffic.json"),
      JSON.stringify({ started_at, records: [{ ...sound, ...counts }] }),
    );
    processed(100, 0);
    expect(describeIt().includes("sent through")).toBe(isTold);
    expect(describeIt().includes("traffic.json")).toBe(isTold);
  });
});
