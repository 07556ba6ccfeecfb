import { readFileSync } from "node:fs";
import { join } from "node:path";
import { sha256 } from "../base/digest";

/** The constraints that MWAA's image is built by, in `requirements/`. */
const CONSTRAINTS = "mwaa-3.0.6-constraints.txt";

/** Where MWAA unpacks `plugins.zip`. Source: Amazon MWAA User Guide, "Installing custom plugins". */
const PLUGINS_FOLDER = "/usr/local/airflow/plugins";

/** Changes whenever the same requirements are packed in another way. */
const FORM = 1;

/** The Python packages that MWAA installs beside Airflow, and the keys of their objects in the artifacts bucket. */
export interface AirflowPackages {
  /** Text of the `requirements.txt` that MWAA installs. */
  readonly requirements: string;
  /** Text of the constraint file inside `plugins.zip`. */
  readonly constraints: string;
  /** Path of the lock file with the hash of each wheel. */
  readonly lockFile: string;
  /** Names this content: 16 hexadecimal digits. */
  readonly digest: string;
  readonly keys: AirflowPackageKeys;
}

/** Keys of objects that never change: another content has another digest. */
export interface AirflowPackageKeys {
  readonly plugins: string;
  readonly requirements: string;
}

/**
 * Reads what MWAA installs. The web server is private and has no way to PyPI, so all wheels travel in `plugins.zip`, and
 * `requirements.txt` names no index.
 * Source: Amazon MWAA User Guide, "Managing Python dependencies in requirements.txt" (Python wheels) and "Apache Airflow
 * access modes" (private web server).
 *
 * @param repository root of the repository
 */
export function readAirflowPackages(repository: string): AirflowPackages {
  const folder = join(repository, "requirements");
  const read = (name: string): string => readFileSync(join(folder, name), "utf8");
  const constraints = read(CONSTRAINTS);
  const requirements = requirementsOf(read("mwaa.in"));
  const content = JSON.stringify([FORM, requirements, read("mwaa.txt"), constraints]);
  const digest = sha256(content).slice(0, 16);
  return {
    requirements,
    constraints,
    lockFile: join(folder, "mwaa.txt"),
    digest,
    keys: {
      plugins: `airflow/${digest}/plugins.zip`,
      requirements: `airflow/${digest}/requirements.txt`,
    },
  };
}

function requirementsOf(direct: string): string {
  const pins = direct.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  const options = [
    `--find-links ${PLUGINS_FOLDER}`,
    "--no-index",
    `--constraint "${PLUGINS_FOLDER}/constraints.txt"`,
  ];
  return `${[...options, ...pins].join("\n")}\n`;
}
