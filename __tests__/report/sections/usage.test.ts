import type { EarlierRun, Usage } from "../../../report/history";
import { runUsage } from "../../../report/sections/usage";
import { published } from "../fixture";
import { tableOf, textOf } from "../reading";

const nothing: Usage = { compute: null, quantities: null, prices: null, currency: null, cost: null };
const serverless: Usage = {
  ...nothing,
  compute: "emr_serverless",
  quantities: { vcpu_hour: 2.5, memory_gb_hour: 10.004, storage_gb_hour: 0.001 },
};

function markupOf(usage: Usage | null): string {
  const itself: EarlierRun = {
    run_id: published.run_id,
    run_date: published.run_date,
    status: "published",
    started_at: published.started_at,
    seconds: 67.5,
    rows_read: 1,
    rows_quarantined: 0,
    datasets: {},
    usage,
  };
  const other = { ...itself, run_id: "other", usage: { ...serverless, quantities: { vcpu_hour: 99 } } };
  return runUsage(published, [other, itself]).content.markup;
}

test("each unit has its quantity, and with prices its cost; the sum is the store's", () => {
  const prices = { vcpu_hour: 0.04, memory_gb_hour: 0.005, storage_gb_hour: 0.0001 };
  const markup = markupOf({ ...serverless, prices, currency: "EUR", cost: 0.1500201 });
  expect(textOf(markup)).toContain(
    "What this run used of EMR Serverless, at the prices configured when it was recorded.",
  );
  expect(tableOf(markup, "Usage and cost")).toEqual([
    ["Used", "Quantity", "Price of one", "Cost"],
    ["vCPU hours", "2.5", "0.04 EUR", "0.10 EUR"],
    ["GB hours of memory", "10", "0.005 EUR", "0.05 EUR"],
    ["GB hours of disk", "< 0.01", "0.0001 EUR", "< 0.0001 EUR"],
    ["all", "", "", "0.15 EUR"],
  ]);
});

test("without prices there is usage and no money", () => {
  const markup = markupOf(serverless);
  expect(textOf(markup)).toContain("as AWS counted it. No prices are configured.");
  expect(tableOf(markup, "Usage and cost")[0]).toEqual(["Used", "Quantity"]);
});

test("what lacks a price is named, and the whole is unknown", () => {
  const markup = markupOf({ ...serverless, prices: { vcpu_hour: 0.04 }, currency: "EUR" });
  expect(textOf(markup)).toContain(
    "There is no price for GB hours of memory and GB hours of disk, so its cost is unknown.",
  );
  expect(tableOf(markup, "Usage and cost").slice(1)).toEqual([
    ["vCPU hours", "2.5", "0.04 EUR", "0.10 EUR"],
    ["GB hours of memory", "10", "unknown", "unknown"],
    ["GB hours of disk", "< 0.01", "unknown", "unknown"],
    ["all", "", "", "unknown"],
  ]);
});

test("the cost of a cluster is called an estimate", () => {
  const quantities = { on_demand_instance_hour: 0.5, spot_instance_hour: 2 };
  const prices = { on_demand_instance_hour: 0.3, spot_instance_hour: 0.125 };
  const markup = markupOf({ ...nothing, compute: "emr", quantities, prices, currency: "USD", cost: 0.4 });
  expect(textOf(markup)).toContain("an estimate, since spot prices move");
  expect(tableOf(markup, "Usage and cost").at(-1)).toEqual(["all", "", "", "≈ 0.40 USD"]);
});

test("a run on this machine says the time of its processors and nothing of money", () => {
  const markup = markupOf({ ...nothing, compute: "local", quantities: { processor_second: 125 } });
  expect(textOf(markup)).toContain("What this run used of this machine.");
  expect(tableOf(markup, "Usage and cost")).toEqual([
    ["Used", "Quantity"],
    ["processor time", "2 min 05 s"],
  ]);
});

test("what is not known is said to be, and is no zero", () => {
  expect(textOf(markupOf(null))).toBe(
    "Usage and cost What this run used is not known yet: AWS says it some time after a run, and the store asks.",
  );
  expect(textOf(markupOf(nothing))).toBe(
    "Usage and cost What this run used is unknown: AWS did not say it in time.",
  );
});
