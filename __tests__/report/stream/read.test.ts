import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readStream } from "../../../report";
import { account, entry, equal } from "./fixture";

describe("reading a stream", () => {
  let lake: string;
  let file: string;

  const write = (path: string, document: unknown): void => {
    mkdirSync(join(lake, path, ".."), { recursive: true });
    writeFileSync(join(lake, path), JSON.stringify(document));
  };
  const read = (since = "2026-01-01T00:00:00Z") => readStream({ lake, account: file, since });

  beforeEach(() => {
    lake = mkdtempSync(join(tmpdir(), "lake-"));
    file = join(lake, "traffic.json");
    for (const number of [1, 2, 3])
      write(`stream_ledger/orders/00000000000${number}.json`, {
        ...entry(number, "orders", number * 10, 0),
        generation: 1,
      });
    write("stream_ledger/orders/000000000004.decided.json", { dataset: "orders" });
    write("stream_ledger/orders/head.json", { number: 3 });
  });

  afterEach(() => rmSync(lake, { recursive: true, force: true }));

  test("takes applied entries alone, since a moment", () => {
    expect(read()?.entries.map(({ number }) => number)).toEqual([1, 2, 3]);
    expect(read("2026-03-01T12:00:15Z")?.entries.map(({ number }) => number)).toEqual([2, 3]);
    expect(read("2026-03-02T00:00:00Z")).toBeUndefined();
  });

  test("takes the account and the comparisons where they are", () => {
    expect(read()).toMatchObject({ account: undefined, comparisons: [] });
    write("traffic.json", account);
    write("streams/verify/2026-03-01.json", equal);
    expect(read()).toMatchObject({ account, comparisons: [equal] });
  });

  test("leaves out the account of an earlier start", () => {
    write("traffic.json", account);
    expect(read(account.started_at)).toMatchObject({ account });
    expect(read("2026-03-01T12:00:15Z")).toMatchObject({ account: undefined });
  });

  test("names the file and the place that is not what it should be", () => {
    write("stream_ledger/orders/000000000003.json", { ...entry(3, "orders", 30, 0), schema_version: 2 });
    expect(() => read()).toThrow(/orders\/000000000003.json: schema_version: /);
    writeFileSync(join(lake, "stream_ledger/orders/000000000003.json"), "{");
    expect(() => read()).toThrow(/000000000003.json: cannot be read: /);
  });
});
