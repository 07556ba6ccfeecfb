import { z } from "zod";
import { wholeNumber } from "./fields";

/**
 * Athena's workgroup. A limit is at least 10 MB; here it is told in GB, as the price of a scan is.
 * Source: Amazon Athena User Guide, "Configure per-query and per-workgroup data usage controls".
 */
export const catalogSchema = z.strictObject({
  query_scan_limit_gb: wholeNumber(1, 100_000)
    .default(100)
    .describe("GB (10⁹ bytes) that one query may scan; Athena cancels it there, and bills what was scanned."),
  results_expire_days: wholeNumber(1, 3650)
    .default(14)
    .describe("Days the results of queries are kept, at most as long as quarantined rows."),
});
