import { Status } from "../../../cli/stream/status";
import { lineOf, screenOf } from "../../../cli/stream/view";

function microBatch(orders: object, seconds = 2): string {
  const datasets = {
    orders: { read: 0, inserted: 0, updated: 0, superseded: 0, quarantined: 0, lag: 0, ...orders },
  };
  return JSON.stringify({
    message: "micro-batch",
    epoch: 1,
    datasets,
    seconds,
    latency_p50: 1.5,
    latency_p95: 3.25,
  });
}

describe("the status of a stream", () => {
  test("adds micro-batches up and keeps the last lag", () => {
    const status = new Status();
    status.readJob(microBatch({ read: 10, inserted: 7, updated: 2, quarantined: 1, lag: 90 }));
    status.readJob(microBatch({ read: 90, inserted: 90, lag: 4 }, 3));
    expect(status.total).toEqual({
      read: 100,
      inserted: 97,
      updated: 2,
      superseded: 0,
      quarantined: 1,
      lag: 4,
    });
    expect(status.processedRate).toBe(30);
    status.readJob('{"message": "caught up"}');
    expect(status.total.lag).toBe(0);
    expect(status.caughtUp).toBe(1);
  });

  test("takes the counts of the generator, and no other lines", () => {
    const status = new Status();
    status.readTraffic(
      '{"message":"traffic","sent":5,"acknowledged":3,"refused":1,"unknown":0,"p50":0.1,"p95":0.2}',
    );
    status.readTraffic("Traceback (most recent call last):");
    status.readTraffic('{"message":"finished","sent":6,"acknowledged":5,"refused":1,"unknown":0}');
    expect(status.sent).toEqual({ sent: 6, acknowledged: 5, refused: 1, unknown: 0, p50: 0.1, p95: 0.2 });
    expect(status.isReading).toBe(false);
    status.readJob('{"message":"reading","topics":["orders"]}');
    expect(status.isReading).toBe(true);
    status.readJob("26/01/31 12:00:00 WARN Utils: not structured");
    status.readJob("{ no JSON");
    status.readJob('{"message":"closed day","dataset":"orders","day":"2026-01-31"}');
    expect(status.closedDays).toEqual([{ dataset: "orders", day: "2026-01-31" }]);
  });

  test("is one line without a terminal, and a table with one", () => {
    const status = new Status();
    status.readTraffic(
      '{"message":"traffic","sent":2000,"acknowledged":1990,"refused":10,"unknown":0,"p50":0.012,"p95":0.02}',
    );
    status.readJob(microBatch({ read: 1900, inserted: 1880, quarantined: 20, lag: 90 }));
    expect(lineOf(status)).toBe(
      "sent 2,000, acknowledged 1,990, refused 10, unknown 0; processed 1,900 (950/s), lag 90: " +
        "inserted 1,880, updated 0, superseded 0, quarantined 20; latency p95 3.3 s",
    );
    expect(screenOf(status, "0:05 sending")).toEqual([
      "0:05 sending",
      "traffic     sent 2,000   acknowledged 1,990   refused 10   unknown 0   request p50 12 ms, p95 20 ms",
      "stream      1 micro-batches   950 records/s   latency p50 1.5 s, p95 3.3 s",
      "dataset   read  inserted  updated  superseded  quarantined  lag",
      "orders   1,900     1,880        0           0           20   90",
    ]);
  });
});
