import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import type { Verdict } from "../account/verdict";
import { places } from "../places";
import { askVersion } from "./programs";

/**
 * The Python that the Makefile would take: the one whose packages are installed, one that `requirements/python` finds, or
 * one that uv fetches.
 * @param version such as `3.11`
 * @param installed the interpreter of the environment with the packages
 */
export function findPython(version: string, installed: string): Verdict {
  const remedy = `install Python ${version}, or uv, which fetches it: https://docs.astral.sh/uv/`;
  if (existsSync(installed))
    return askPython(installed, version, "remove that folder of .venv, then: make install");
  const { stdout = "" } = spawnSync(join(places.root, "requirements", "python"), [version], {
    env: process.env,
    encoding: "utf8",
  });
  const found = (stdout ?? "").trim();
  if (isAbsolute(found)) {
    const verdict = askPython(found, version, remedy);
    return verdict.state === "ok" ? { ...verdict, detail: `${verdict.detail}; next: make install` } : verdict;
  }
  const uv = askVersion({ names: ["uv"], args: ["--version"], version: /(\d+\.[\d.]+)/, remedy });
  if (uv.state === "ok") return { state: "ok", detail: `none; uv ${uv.detail} fetches one: make install` };
  return { state: "missing", detail: `no python${version} on the PATH, and no uv`, remedy };
}

function askPython(command: string, version: string, remedy: string): Verdict {
  return askVersion({
    names: [command],
    args: ["--version"],
    version: /Python (\d+\.\d+\.\d+)/,
    wanted: `~> ${version}.0`,
    remedy,
  });
}
