import { type ChildProcess, spawn } from "node:child_process";

/** Seconds between the request to end and the end. */
const GRACE_SECONDS = 10;

/**
 * Keeps a list of process groups, and ends those that are left when its standard input closes. That happens however the
 * process that wrote there ends, by SIGKILL too.
 */
const SCRIPT = `
trap '' INT TERM HUP
groups=' '
while read -r verb group; do
  case "$verb" in
    add) groups="$groups$group " ;;
    remove) groups=$(printf '%s' "$groups" | sed "s/ $group / /") ;;
  esac
done
[ -n "\${groups# }" ] || exit 0
for group in $groups; do kill -TERM "$group" 2>/dev/null; done
left=${GRACE_SECONDS}
while [ "$left" -gt 0 ]; do
  alive=''
  for group in $groups; do kill -0 -- "-$group" 2>/dev/null && alive=yes; done
  [ -n "$alive" ] || exit 0
  sleep 1
  left=$((left - 1))
done
for group in $groups; do kill -KILL -- "-$group" 2>/dev/null; done
`;

/** Ends programs should the process that started them be killed: they would run on unseen. */
export class Reaper {
  private readonly process: ChildProcess;

  constructor() {
    this.process = spawn("/bin/sh", ["-c", SCRIPT], { detached: true, stdio: ["pipe", "ignore", "ignore"] });
    this.process.stdin?.on("error", () => undefined);
    this.process.unref();
  }

  add(group: number): void {
    this.process.stdin?.write(`add ${group}\n`);
  }

  remove(group: number): void {
    this.process.stdin?.write(`remove ${group}\n`);
  }

  /** Ends it, and what was added and not removed. */
  close(): void {
    this.process.stdin?.end();
  }
}
