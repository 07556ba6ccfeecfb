import { join } from "node:path";
import { places } from "../places";
import type { Program } from "../programs/child";

/** Milliseconds that programs get to end by themselves: OpenSearch closes its indices. */
const GRACE = { search: 30_000, application: 10_000 };

/** An OpenSearch that keeps its data below the folder. */
export function searchServer(folder: string, port: number): Program {
  return {
    name: "search",
    command: join(places.root, "services", "search", "run"),
    args: [join(folder, "search"), String(port)],
    log: join(folder, "logs", "search.log"),
    grace: GRACE.search,
  };
}

/** The application for analysts. */
export function application(
  folder: string,
  {
    lake,
    port,
    search,
  }: { readonly lake: string; readonly port: number; readonly search: string | undefined },
): Program {
  return {
    name: "application",
    command: places.explorePython,
    args: ["-m", "explore", "--port", String(port)],
    env: {
      PYTHONPATH: join(places.root, "services", "explore"),
      PYTHONDONTWRITEBYTECODE: "1",
      EXPLORE_LAKE: lake,
      EXPLORE_CONTRACTS: join(folder, "contracts"),
      EXPLORE_SEARCH_URL: search ?? "",
    },
    log: join(folder, "logs", "application.log"),
    grace: GRACE.application,
  };
}
