import { renderStream, type StreamHistory } from "../../../report";
import { allOf, hintsOf, tableOf, textOf } from "../reading";
import { different, entry, stream } from "./fixture";

const attack = `"><script>alert('x')</script>`;

async function pageOf(change: Partial<StreamHistory> = {}): Promise<string> {
  return renderStream({ ...stream, ...change });
}

describe("the report of a stream", () => {
  test("accounts for every record by dataset", async () => {
    const page = await pageOf();
    expect(tableOf(page, "Records by disposition")).toEqual([
      ["Dataset", "Read", "Inserted", "Updated", "Superseded", "Quarantined", "Sum"],
      ["orders", "100", "80 80.00 %", "10 10.00 %", "6 6.00 %", "4 4.00 %", "✓ = read"],
      ["web_events", "200", "160 80.00 %", "20 10.00 %", "12 6.00 %", "8 4.00 %", "✓ = read"],
    ]);
    expect(textOf(page)).toContain("Stream of orders and web_events ✓ Every record accounted for");
  });

  test("says so when records are missing in the sum", async () => {
    const short = entry(1, "orders", 5, 0);
    const page = await pageOf({ entries: [{ ...short, counts: { ...short.counts, inserted: 70 } }] });
    expect(textOf(page)).toContain("✗ Does not add up");
    expect(tableOf(page, "Records by disposition")[1]?.at(-1)).toBe("✗ 10 records missing");
  });

  test("tells how many records left quarantine again", async () => {
    expect(textOf(await pageOf())).toContain("No record was released from quarantine later.");
    const released = { inserted: 5, quarantined: 90 };
    const page = await pageOf({ entries: [{ ...entry(1, "orders", 5, 0), released }] });
    expect(textOf(page)).toContain("5 records counted as quarantined were released later");
  });

  test("shows latency by dataset, and lag over time", async () => {
    const page = await pageOf();
    expect(tableOf(page, "Latency by dataset").slice(1)).toEqual([
      ["orders", "5 s", "5 s", "5 s", "5 s"],
      ["web_events", "8 s", "8 s", "8 s", "8 s"],
    ]);
    expect(hintsOf(page)).toContain("2026-03-01 12:00:03 UTC: 200 records");
  });

  test("shows reasons beside what was planted and arrived", async () => {
    expect(tableOf(await pageOf(), "Quarantined records by reason").slice(0, 2)).toEqual([
      ["Dataset", "Reason", "Records", "Planted", "Of records read"],
      ["web_events", "product_id.reference", "6", "2", "3.00 %"],
    ]);
    const page = await pageOf({ account: undefined });
    expect(tableOf(page, "Quarantined records by reason")[0]).not.toContain("Planted");
    expect(textOf(page)).not.toContain("by seed");
  });

  test("shows examples where the ledger has some, and no line that could not be cut", async () => {
    const examples = {
      "product_id.reference": [
        { file: "orders/0/0000000000000000012", values: { product_id: "8", order_id: "3" } },
      ],
      "row.malformed": [{ file: "orders/1/0000000000000000007", values: {} }],
    };
    const page = await pageOf({ entries: [{ ...entry(1, "orders", 5, 0), examples }] });
    expect(tableOf(page, "Examples of quarantined rows of orders").slice(1)).toEqual([
      ["product_id.reference", "8", "order_id 3", "orders/0/0000000000000000012"],
      ["row.malformed", "the line is not shown", "", "orders/1/0000000000000000007"],
    ]);
  });

  test("compares closed days with their batches", async () => {
    expect(tableOf(await pageOf(), "Comparison with the batch").slice(1)).toEqual([
      ["2026-03-01", "orders", "rows", "0", "0", "0", "✓ equal"],
      ["2026-03-01", "orders", "quarantined", "0", "0", "0", "✓ equal"],
    ]);
    const page = await pageOf({ comparisons: [different] });
    expect(textOf(page)).toContain("✗ Differs from its batch");
    expect(textOf(page)).toContain("orders, rows, missing: 17 and 18");
    expect(textOf(await pageOf({ comparisons: [] }))).toContain("No closed day has been compared");
  });

  test("loads and runs nothing, whatever it shows", async () => {
    const hostile = { ...entry(1, attack, 5, 0), reasons: { [attack]: 4 } };
    const page = await pageOf({ entries: [hostile] });
    expect(page.match(/https?:\/\/|url\(|@import|<(script|link|img|iframe)\b/gi)).toBeNull();
    expect(textOf(page)).toContain(attack);
    expect(page).toBe(await pageOf({ entries: [hostile] }));
    expect(allOf(page, / href="([^"]*)"/g).every((target) => page.includes(`id="${target.slice(1)}"`))).toBe(
      true,
    );
  });
});
