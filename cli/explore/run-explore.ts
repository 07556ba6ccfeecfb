import { existsSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "../../base/failure";
import { layout } from "../../contracts/layout";
import { writeTargets } from "../contract/compile";
import { places, shown } from "../places";
import { requireFree, untilReady } from "../programs/ports";
import { Session } from "../programs/session";
import { prepareIndexJob, searchedDatasets } from "./index-job";
import { application, searchServer, wordsOfProducts } from "./programs";

/** What the application for analysts shows, and where. */
export interface ExploreOptions {
  /** Root of the lake. */
  readonly lake: string;
  /** Folder of compiled contracts, of OpenSearch's data and of logs. */
  readonly folder: string;
  /** Port of the application. */
  readonly port: number;
  /** An OpenSearch that runs already, or the port of one to be started; undefined for none. */
  readonly search: { readonly url: string } | { readonly port: number } | undefined;
}

/** Seconds. */
const STARTS = { search: 180, application: 60 };

/**
 * Starts OpenSearch, brings the lake's tables into it, and shows the application until Ctrl-C.
 *
 * @throws Failure when something is not installed, a port is in use, or a program breaks
 */
export async function runExplore(options: ExploreOptions): Promise<void> {
  const { folder, port, search } = options;
  requireInstalled(search !== undefined && "port" in search);
  const own = search !== undefined && "port" in search ? search.port : undefined;
  await requireFree([
    { number: port, what: "application", option: "--port" },
    ...(own === undefined
      ? []
      : [
          { number: own, what: "search server", option: "--search-port" },
          { number: own + 1, what: "search server's transport", option: "--search-port" },
        ]),
  ]);
  writeTargets("contracts", join(folder, "contracts"));
  const logs = join(folder, "logs");
  const session = new Session(logs, () => console.log("\nstopping"), "start it again");
  try {
    if (own !== undefined) await startSearch(session, own, options);
    const url = own === undefined ? (search as { url: string } | undefined)?.url : urlOf(own);
    const shows = { folder, lake: options.lake, search: url };
    session.start(application(shows, port));
    await session.within("the application does not answer", STARTS.application, (signal) =>
      untilReady(`${urlOf(port)}/_stcore/health`, signal),
    );
    console.log(`open http://localhost:${port}; Ctrl-C ends it`);
    if (url !== undefined && existsSync(places.languageModels) && isPublished(options.lake))
      // Without words the pages show less, so a failure of theirs, which it prints, ends nothing.
      await session.run(wordsOfProducts(shows), [0, 1], { read: console.log });
    await session.wait(new Promise(() => undefined));
  } catch (error) {
    // It has no other end.
    if (!session.interrupted) throw error;
  } finally {
    await session.stop();
  }
}

async function startSearch(session: Session, port: number, { folder, lake }: ExploreOptions): Promise<void> {
  console.log("starting OpenSearch");
  session.start(searchServer(folder, port));
  await session.within("OpenSearch does not answer", STARTS.search, (signal) =>
    untilReady(`${urlOf(port)}/_cluster/health?wait_for_status=yellow`, signal),
  );
  const datasets = searchedDatasets(join(folder, "contracts"));
  if (!isPublished(lake)) {
    console.log(`${shown(lake)} has nothing published, so nothing is indexed: run \`make demo\` first`);
    return;
  }
  console.log(`indexing ${datasets.join(" and ")} of ${shown(lake)}`);
  await session.run(await prepareIndexJob(join(folder, "logs"), { lake, url: urlOf(port), datasets }));
}

function isPublished(lake: string): boolean {
  return existsSync(join(lake, layout.pointers.published.key));
}

function requireInstalled(search: boolean): void {
  const withoutSearch = "run `make install-search`, or leave search out with --no-search";
  const needed: [string, string, string][] = [
    [places.explorePython, "the application runs on it", "run `make install-explore`"],
    ...(search
      ? ([
          [join(places.search, ".run"), "OpenSearch is there", withoutSearch],
          [places.searchClient, "the job that indexes speaks to OpenSearch by it", withoutSearch],
        ] as [string, string, string][])
      : []),
  ];
  for (const [path, why, remedy] of needed)
    if (!existsSync(path)) throw new Failure(`${shown(path)} is not there: ${why}`, remedy);
}

function urlOf(port: number): string {
  return `http://127.0.0.1:${port}`;
}
