import { existsSync, readFileSync } from "node:fs";

const STATUS = "/proc/self/stat";
/** Ticks in which Linux tells programs the time, whatever its own (source: Linux manual, "time(7)"). */
const TICKS_PER_SECOND = 100;

/**
 * Starts to count the processor time of processes that are started here, and of all that these wait for.
 * @returns what tells the seconds of those that have ended since; undefined where the system does not say, as Linux does
 */
export function processorClock(): () => number | undefined {
  if (!existsSync(STATUS)) return () => undefined;
  const before = ofEndedProcesses();
  return () => (ofEndedProcesses() - before) / TICKS_PER_SECOND;
}

function ofEndedProcesses(): number {
  const status = readFileSync(STATUS, "utf8");
  // The second field is a name in parentheses, which may hold spaces (source: Linux manual, "proc_pid_stat(5)").
  const fromThird = status.slice(status.lastIndexOf(")") + 2).split(" ");
  const [cutime, cstime] = [fromThird[16 - 3], fromThird[17 - 3]];
  return Number(cutime) + Number(cstime);
}
