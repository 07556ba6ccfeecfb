import type { Command } from "commander";
import { wholeNumber } from "./option-values";

interface Options {
  readonly url: string;
  readonly language?: string;
  readonly size: number;
}

/** `platform search`: words in the products of an OpenSearch that `platform explore` has filled. */
export function register(program: Command): void {
  program
    .command("search")
    .argument("<words>", "what is looked for, spelling mistakes and all")
    .description("search the products in OpenSearch, as the application for analysts does")
    .option("--url <url>", "OpenSearch", "http://127.0.0.1:9200")
    .option("--language <language>", "search the texts of one language alone: en, fr, nl or de")
    .option("--size <count>", "products to show at most", wholeNumber(1), 10)
    .action(async (words: string, options: Options) => {
      const { runSearch } = await import("../query/run-search");
      process.exitCode = await runSearch(words, options);
    });
}
