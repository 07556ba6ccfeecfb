import pLimit from "p-limit";
import type { OnProgress, Phase } from "./progress";

/** Requests under way at once, of at most 50 connections of the SDK: with small objects, waiting is most of the work. */
const CONCURRENCY = 32;

/**
 * Does the work for every item, several at once, and reports each as it is done. After a failure nothing new is
 * started, and what is under way is waited for: when this throws, nothing goes on behind the caller's back.
 *
 * @returns the results in the order of the items
 */
export async function each<Item, Result>(
  phase: Phase,
  items: readonly Item[],
  onProgress: OnProgress,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const limit = pLimit(CONCURRENCY);
  const results: Result[] = [];
  const failures: unknown[] = [];
  let done = 0;
  const report = (): void => onProgress({ phase, done, total: items.length });
  const take = async (item: Item, index: number): Promise<void> => {
    if (failures.length > 0) return;
    try {
      results[index] = await work(item);
      done += 1;
      report();
    } catch (error) {
      failures.push(error);
    }
  };
  if (items.length > 0) report();
  await Promise.all(items.map((item, index) => limit(take, item, index)));
  if (failures.length > 0) throw failures[0];
  return results;
}
