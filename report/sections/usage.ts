import type { RunResults } from "../../contracts/run-results";
import { type Html, html } from "../../markup/html";
import { decimal, list } from "../format";
import type { EarlierRun, Usage } from "../history";
import { type Part, section } from "../section";
import { table } from "../table";
import { costOf, isEstimate, quantityOf, unitName } from "../usage";

const places = { emr: "a cluster of its own", emr_serverless: "EMR Serverless", local: "this machine" };

/** What stands where nobody can say more; never a zero. */
const unknown = "unknown";

function lead(usage: Usage | null): string {
  if (usage === null)
    return "What this run used is not known yet: AWS says it some time after a run, and the store asks.";
  if (usage.compute === null) return "What this run used is unknown: AWS did not say it in time.";
  return `What this run used of ${places[usage.compute]}${remarks(usage)}`;
}

function remarks(usage: Usage): string {
  if (usage.compute === "local") return ".";
  if (usage.currency === null) return ", as AWS counted it. No prices are configured.";
  if (usage.cost === null) {
    const used = Object.entries(usage.quantities ?? {}).filter(([, quantity]) => quantity > 0);
    const missing = used.map(([unit]) => unit).filter((unit) => usage.prices?.[unit] === undefined);
    return `, as AWS counted it. There is no price for ${list(missing.map(unitName))}, so its cost is unknown.`;
  }
  const estimate =
    ": an estimate, since spot prices move and instances are of several types; disks and transfer are not in it";
  return `, at the prices configured when it was recorded${isEstimate(usage) ? estimate : ""}.`;
}

function numbers(usage: Usage, quantities: Readonly<Record<string, number>>): Html {
  const { currency, prices } = usage;
  const amount = (unit: string, quantity: number) => {
    const price = prices?.[unit];
    if (currency === null || price === undefined) return { price: unknown, cost: unknown };
    return {
      price: `${decimalOf(price)} ${currency}`,
      cost: costOf({ ...usage, cost: price * quantity }) ?? unknown,
    };
  };
  const priced = currency !== null;
  return table({
    caption: "Usage and cost",
    columns: [
      { title: "Used" },
      { title: "Quantity", numeric: true },
      ...(priced ? ["Price of one", "Cost"].map((title) => ({ title, numeric: true })) : []),
    ],
    rows: Object.entries(quantities).map(([unit, quantity]) => {
      const { price, cost } = amount(unit, quantity);
      return [unitName(unit), quantityOf(unit, quantity), ...(priced ? [price, cost] : [])];
    }),
    ...(priced ? { total: ["all", "", "", costOf(usage) ?? unknown] } : {}),
  });
}

/** A price with all the digits that somebody wrote. */
function decimalOf(price: number): string {
  return price < 1 ? String(price) : decimal(price);
}

/** What the run used of what computed it, as the metadata store knows it, and what that cost. */
export function runUsage({ run_id }: RunResults, history: readonly EarlierRun[]): Part {
  const usage = history.find((run) => run.run_id === run_id)?.usage ?? null;
  return section({
    id: "usage",
    title: "Usage and cost",
    lead: lead(usage),
    body: usage?.quantities && html`${numbers(usage, usage.quantities)}`,
  });
}
