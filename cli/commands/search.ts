import type { Command } from "commander";
import { wholeNumber } from "./option-values";

interface Options {
  readonly url: string;
  readonly language?: string;
  readonly size: number;
}

/** Products that OpenSearch returns at most. Source: OpenSearch, "Index settings", `index.max_result_window`. */
const MOST_PRODUCTS = 10_000;

/** `platform search`: words in the products of an OpenSearch that `platform explore` has filled. */
export function register(program: Command): void {
  program
    .command("search")
    .argument("<words>", "what is looked for, spelling mistakes and all; after -- when it begins with -")
    .description("search the products in OpenSearch, as the application for analysts does")
    .option("--url <url>", "OpenSearch", "http://127.0.0.1:9200")
    .option("--language <language>", "search the texts of one language alone: en, fr, nl or de")
    .option("--size <count>", "products to show at most, up to 10000", wholeNumber(1, MOST_PRODUCTS), 10)
    .action(async (words: string, options: Options) => {
      const { runSearch } = await import("../query/run-search");
      process.exitCode = await runSearch(words, options);
    });
}
