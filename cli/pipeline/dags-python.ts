import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { places } from "../places";

const run = promisify(execFile);

/** How long a module may take, and how much it may say. */
interface Limits {
  /** Milliseconds. @default for ever */
  readonly timeout?: number;
  /** Bytes. @default Node's */
  readonly maxBuffer?: number;
}

/** What a module that lies beside the DAGs prints; Airflow is not needed for it. */
export async function runDagsModule(
  python: string,
  args: readonly [module: string, ...args: string[]],
  limits: Limits = {},
): Promise<string> {
  const { stdout } = await run(python, ["-m", ...args], {
    env: { ...process.env, PYTHONPATH: join(places.root, "dags"), PYTHONDONTWRITEBYTECODE: "1" },
    ...limits,
  });
  return stdout;
}
