import { existsSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "../../base/failure";
import { layout } from "../../contracts/layout";
import { runPipeline } from "../pipeline/run-pipeline";
import { shown } from "../places";

/** What streamed records refer to: the first batch has so many orders, customers and products (etl/synthetic/plan.py). */
export const BASE = { orders: 25_000, customers: 1_000, products: 400 } as const;

const SEED = 42;
const DAY_MS = 86_400_000;

/**
 * Publishes a first batch where the lake has none, as of yesterday: without customers and products, every record of a
 * stream would be an orphan.
 *
 * @throws Failure when the batch is not published
 */
export async function publishBase(lake: string): Promise<void> {
  if (existsSync(join(lake, layout.pointers.published.key))) return;
  const runDate = new Date(Date.now() - DAY_MS).toISOString().slice(0, 10);
  const { rejected, logs } = await runPipeline({
    rows: BASE.orders,
    seed: SEED,
    runDate,
    output: lake,
    input: undefined,
  });
  if (rejected)
    throw new Failure("the audit rejected the batch that a stream begins with", `the logs: ${shown(logs)}`);
}
