import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "../../base/failure";
import { terraformVersion } from "../../stacks/core/terraform-version";
import type { Verdict } from "../account/verdict";
import { places } from "../places";
import { findTerraform } from "../terraform/executable";
import { satisfies } from "../terraform/version";
import type { Diagnosis } from "./diagnosis";
import { askVersion } from "./programs";
import { findPython } from "./python";

type Tool = Omit<Diagnosis, keyof Verdict> & { readonly look: () => Verdict };

const tools: readonly Tool[] = [
  { subject: "Node", uses: ["run", "test", "apply"], neededBy: "every command", look: node },
  {
    subject: "Python 3.11",
    uses: ["run", "test", "apply"],
    neededBy: "run, bundle, publish, apply",
    look: () => findPython("3.11", join(places.root, ".venv", "etl", "bin", "python")),
  },
  { subject: "uv", uses: ["run", "test"], neededBy: "make install", look: uv },
  { subject: "Java", uses: ["run", "test"], neededBy: "run, make test-etl", look: java },
  {
    subject: "Terraform",
    uses: ["test", "apply"],
    neededBy: "bootstrap, plan, apply, destroy",
    look: terraform,
  },
  {
    subject: "Python 3.12",
    uses: ["test"],
    neededBy: "make test-dags",
    look: () => findPython("3.12", join(places.root, ".venv", "dags", "bin", "python")),
  },
  { subject: "TFLint", uses: ["test"], neededBy: "make test-terraform", look: tflint },
  { subject: "PostgreSQL", uses: ["test"], neededBy: "make test-metadata, make test-dags", look: postgresql },
  { subject: "git", uses: ["test"], neededBy: "contract check", look: git },
  { subject: "Chromium", uses: ["test"], neededBy: "tests of pages", look: chromium },
];

/** Looks at every tool of this machine, whatever it is wanted for. */
export function diagnoseTools(): Diagnosis[] {
  return tools.map(({ look, ...tool }) => ({ ...tool, ...look() }));
}

function node(): Verdict {
  const { engines } = JSON.parse(readFileSync(join(places.root, "package.json"), "utf8"));
  const { node: version } = process.versions;
  const ranges: string[] = engines.node.split(" || ");
  if (ranges.some((range) => satisfies(version, range.replaceAll(" ", ", "))))
    return { state: "ok", detail: version };
  const detail = `${version}, wanted is ${engines.node}`;
  return { state: "wrong", detail, remedy: "install a Node that has long-term support: https://nodejs.org" };
}

/** Where there is none, the Makefile installs one by whatever Python there is. */
function uv(): Verdict {
  const remedy = "install uv: https://docs.astral.sh/uv/";
  const names = ["uv", join(places.build, "tools", "uv", "bin", "uv")];
  const found = askVersion({ names, args: ["--version"], version: /(\d+\.[\d.]+)/, remedy });
  if (found.state !== "missing") return found;
  const python = askVersion({ names: ["python3"], args: ["--version"], version: /(\d+\.[\d.]+)/, remedy });
  if (python.state !== "ok") return { ...found, detail: "no uv on the PATH, and no python3 to install it" };
  return { state: "ok", detail: `not yet; make install installs it by Python ${python.detail}` };
}

/** Spark 3.5 runs on older ones, too; 17 is EMR's and the tests' (source: Spark 3.5, "Overview"). */
function java(): Verdict {
  const home = process.env.JAVA_HOME;
  if (home && !existsSync(join(home, "bin", "java")))
    return {
      state: "wrong",
      detail: `JAVA_HOME names ${home}, which has no bin/java`,
      remedy: "set JAVA_HOME to a Java 17, or unset it",
    };
  return askVersion({
    names: ["java"],
    args: ["-version"],
    version: /version "(\d+[^"_]*)/,
    wanted: "~> 17.0",
    remedy: "install a Java 17 runtime, for instance Temurin or Corretto, or set JAVA_HOME to one",
    ...(home ? { before: join(home, "bin") } : {}),
  });
}

function terraform(): Verdict {
  try {
    const { version, origin } = findTerraform(terraformVersion);
    return {
      state: "ok",
      detail: `${version} of ${terraformVersion}, ${origin.replace(`${places.root}/`, "")}`,
    };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const { message: detail, remedy = "" } = error;
    return { state: detail.includes("there is none") ? "missing" : "wrong", detail, remedy };
  }
}

function tflint(): Verdict {
  const remedy = "make install-test builds it where Go is: https://go.dev/doc/install";
  const own = join(places.build, "tools", "bin", "tflint");
  const names = [...(process.env.TFLINT ? [process.env.TFLINT] : []), "tflint", own];
  const found = askVersion({ names, args: ["--version"], version: /version (\d+\.\d+\.\d+)/, remedy });
  if (found.state !== "missing") return found;
  const go = askVersion({ names: ["go"], args: ["version"], version: /go(\d+\.\d+(?:\.\d+)?)/, remedy });
  if (go.state === "ok")
    return { state: "ok", detail: `not yet; make install-test builds it with Go ${go.detail}` };
  return { ...found, detail: "no tflint on the PATH, and no Go to build it" };
}

/** Where the tests of the store look for it: POSTGRES_BIN, the PATH, Debian's folders. */
function postgresql(): Verdict {
  const debian = "/usr/lib/postgresql";
  const versions = existsSync(debian) ? readdirSync(debian).sort((one, other) => +other - +one) : [];
  const folders = [process.env.POSTGRES_BIN, ...versions.map((version) => join(debian, version, "bin"))];
  const programs = folders.filter((folder) => folder !== undefined).map((folder) => join(folder, "initdb"));
  return askVersion({
    names: process.env.POSTGRES_BIN ? programs : ["initdb", ...programs],
    args: ["--version"],
    version: /(\d+(?:\.\d+)*)/,
    remedy: "install PostgreSQL's server (Debian: apt-get install postgresql), or set POSTGRES_BIN",
  });
}

function git(): Verdict {
  const remedy = "install git; without it contracts are validated, and compared with nothing";
  return askVersion({ names: ["git"], args: ["--version"], version: /(\d+\.\d+[.\d]*)/, remedy });
}

/** Where the tests look for it: CHROMIUM, or Debian's place. */
function chromium(): Verdict {
  return askVersion({
    names: [process.env.CHROMIUM || "/usr/bin/chromium"],
    args: ["--version"],
    version: /(\d+\.[\d.]+)/,
    remedy: "install Chromium (Debian: apt-get install chromium), or set CHROMIUM",
  });
}
