import { join } from "node:path";
import { places } from "../places";
import type { Program } from "../programs/child";

/** Milliseconds that programs get to end by themselves: OpenSearch closes its indices. */
const GRACE = { search: 30_000, application: 10_000, words: 10_000 };

/** An OpenSearch that keeps its data below the folder. */
export function searchServer(folder: string, port: number): Program {
  return {
    name: "search",
    command: join(places.root, "services", "search", "run"),
    args: [join(folder, "search"), String(port)],
    log: join(folder, "logs", "search.log"),
    grace: GRACE.search,
    installedBy: "install-search",
  };
}

/** What the application shows, and the folder of its contracts and logs. */
interface Shown {
  readonly folder: string;
  readonly lake: string;
  readonly search: string | undefined;
}

/** The application for analysts. */
export function application(shown: Shown, port: number): Program {
  return {
    name: "application",
    command: places.explorePython,
    args: ["-m", "explore", "--port", String(port)],
    env: settings(shown),
    log: join(shown.folder, "logs", "application.log"),
    grace: GRACE.application,
    installedBy: "install-explore",
  };
}

/** Makes the words of the published products; it ends by itself. */
export function wordsOfProducts(shown: Shown): Program {
  return {
    name: "words",
    command: places.explorePython,
    args: ["-m", "explore.language"],
    env: settings(shown),
    log: join(shown.folder, "logs", "words.log"),
    grace: GRACE.words,
    installedBy: "install-explore",
  };
}

function settings({ folder, lake, search }: Shown): NodeJS.ProcessEnv {
  return {
    PYTHONPATH: join(places.root, "services", "explore"),
    PYTHONDONTWRITEBYTECODE: "1",
    EXPLORE_LAKE: lake,
    EXPLORE_CONTRACTS: join(folder, "contracts"),
    EXPLORE_SEARCH_URL: search ?? "",
    EXPLORE_WORDS: join(folder, "words"),
  };
}
