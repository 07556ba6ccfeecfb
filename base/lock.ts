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
}

/**
 * Runs `work` while no other process on this machine runs under the same lock file. A lock of a process that has ended is
 * taken over.
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
    writeFileSync(own, JSON.stringify({ host: hostname(), pid: process.pid }), { mode: 0o600 });
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
    const { host, pid } = JSON.parse(readFileSync(file, "utf8"));
    return typeof host === "string" && Number.isInteger(pid) ? { host, pid } : undefined;
  } catch {
    return undefined; // released just now, or not ours
  }
}

function isGone({ host, pid }: Holder): boolean {
  if (host !== hostname()) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
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
    if (readHolder(file)?.pid === abandoned.pid) rmSync(file, { force: true });
  } finally {
    rmSync(second, { force: true });
  }
}
