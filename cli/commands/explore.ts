import { resolve } from "node:path";
import { type Command, Option } from "commander";
import { places } from "../places";
import { port } from "./option-values";

interface Options {
  readonly lake: string;
  readonly folder: string;
  readonly port: number;
  readonly searchPort: number;
  readonly searchUrl?: string;
  readonly search: boolean;
}

/** `platform explore`: the application for analysts on this machine, with a real OpenSearch. */
export function register(program: Command): void {
  program
    .command("explore")
    .description("show the lake's tables in a browser, with an OpenSearch that has its products and events")
    .addOption(new Option("--lake <dir>", "root of the lake").default(places.lake, "build/lake"))
    .addOption(
      new Option("--folder <dir>", "compiled contracts, OpenSearch's data and logs").default(
        places.explore,
        "build/explore",
      ),
    )
    .option("--port <number>", "port of the application", port, 8501)
    .option("--search-port <number>", "port of OpenSearch; its transport has the next one", port, 9200)
    .addOption(
      new Option("--search-url <url>", "an OpenSearch that runs already, and is not indexed").conflicts(
        "searchPort",
      ),
    )
    .option("--no-search", "start without OpenSearch; the pages about search say so")
    .action(async ({ lake, folder, port, search, searchPort, searchUrl }: Options) => {
      const { runExplore } = await import("../explore/run-explore");
      const found = searchUrl === undefined ? { port: searchPort } : { url: searchUrl };
      await runExplore({
        lake: resolve(lake),
        folder: resolve(folder),
        port,
        search: search ? found : undefined,
      });
    });
}
