import { spawnSync } from "node:child_process";
import { linkSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Failure } from "./failure";
import { makeFolder, unwritable } from "./files";

/** How long to wait for another process, and how often to look, in milliseconds. */
const PATIENCE = { limit: 120_000, pause: 50 };

/** Who holds a lock. */
export interface Holder {
  readonly host: string;
  readonly pid: number;
  /** When it started, as its system says it; undefined where that is not known. */
  readonly started?: string | undefined;
}

/**
 * Runs `work` while no other process on this machine runs under the same lock file. A lock of a process that has ended is
 * taken over, also when another process has its number by now.
 *
 * @param file path of the lock; it exists only meanwhile
 * @param busy what to throw at once when another process holds the lock
 * @default busy wait for two minutes
 * @throws Failure when another process holds the lock
 */
export async function withLock<Result>(
  file: string,
  work: () => Promise<Result>,
  busy?: (holder: Holder | undefined) => Failure,
): Promise<Result> {
  await acquire(file, busy);
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

async function acquire(file: string, busy?: (holder: Holder | undefined) => Failure): Promise<void> {
  makeFolder(dirname(file), 0o700);
  const end = Date.now() + PATIENCE.limit;
  while (!create(file)) {
    const holder = readHolder(file);
    if (holder !== undefined && isGone(holder)) takeAway(file, holder);
    else if (busy !== undefined) throw busy(holder);
    else if (Date.now() > end) {
      const who = holder === undefined ? "another process" : `process ${holder.pid} on ${holder.host}`;
      throw new Failure(`${file}: ${who} is working there`, "wait for it; if it has ended, remove that file");
    } else await sleep(PATIENCE.pause);
  }
}

/** A link makes the lock appear with its content, or not at all where there is one. */
function create(file: string): boolean {
  const own = `${file}.${process.pid}`;
  try {
    writeFileSync(own, JSON.stringify(thisProcess()), { mode: 0o600 });
    linkSync(own, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw unwritable(file, error);
  } finally {
    rmSync(own, { force: true });
  }
}

function readHolder(file: string): Holder | undefined {
  try {
    const { host, pid, started } = JSON.parse(readFileSync(file, "utf8"));
    if (typeof host !== "string" || !Number.isInteger(pid)) return undefined;
    return { host, pid, started: typeof started === "string" ? started : undefined };
  } catch {
    return undefined; // released just now, or not ours
  }
}

function isGone({ host, pid, started }: Holder): boolean {
  if (host !== hostname()) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return true;
  }
  // Another process may have the number by now.
  const now = started === undefined ? undefined : startOf(pid);
  return now !== undefined && now !== started;
}

let own: Holder | undefined;

function thisProcess(): Holder {
  own ??= { host: hostname(), pid: process.pid, started: startOf(process.pid) };
  return own;
}

/** Returns when a process started: ticks since the boot on Linux, a date on macOS; undefined on other systems. */
function startOf(pid: number): string | undefined {
  if (process.platform === "linux") return startInProc(pid);
  if (process.platform !== "darwin") return undefined;
  const env = { ...process.env, LC_ALL: "C", TZ: "UTC" };
  const { stdout } = spawnSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8", env });
  return stdout?.trim() || undefined;
}

/** Field 22 of proc_pid_stat(5). The second field is a name, which may have spaces and parentheses. */
function startInProc(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
  } catch {
    return undefined;
  }
}

/** Of several processes that find an abandoned lock, the one that makes the second lock removes the first. */
function takeAway(file: string, abandoned: Holder): void {
  const second = `${file}.takeover`;
  if (!create(second)) {
    const holder = readHolder(second);
    if (holder !== undefined && isGone(holder)) rmSync(second, { force: true });
    return;
  }
  try {
    const holder = readHolder(file);
    if (holder?.pid === abandoned.pid && holder.started === abandoned.started) rmSync(file, { force: true });
  } finally {
    rmSync(second, { force: true });
  }
}
