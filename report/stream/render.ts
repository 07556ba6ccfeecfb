import { page } from "../page";
import type { StreamHistory } from "./history";
import { comparison } from "./sections/comparison";
import { dispositions } from "./sections/dispositions";
import { flow } from "./sections/flow";
import { outcome } from "./sections/outcome";
import { reasons } from "./sections/reasons";
import { traffic } from "./sections/traffic";

/** Renders what is known of a stream as one HTML file that needs no network and no script. The same input gives the same bytes. */
export async function renderStream(history: StreamHistory): Promise<string> {
  const parts = await Promise.all([
    flow(history),
    dispositions(history),
    reasons(history),
    comparison(history),
    ...(history.account === undefined ? [] : [traffic(history.account)]),
  ]);
  return page("Stream", outcome(history), parts).markup;
}
