import { type ChildProcess, spawn } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { join } from "node:path";
import { Failure } from "../../base/failure";
import { ended, onSignals } from "../../base/processes";
import { exitCodes } from "../../contracts/layout";
import { git, shortCommit } from "../git";
import { places, shown } from "../places";

/** Before the folder of a worktree: the process that made it, so that another can tell when it is abandoned. */
const WORKTREE = /^worktree-(\d+)-/;

/**
 * The folder with the synthesized stacks of a commit. The first time they are made by the commit itself, in a worktree
 * of its own with the packages of its own lock file; then they are kept under build/review, named by the commit. A folder
 * of that name is whole: it is moved there at the end.
 *
 * @param say tells the user what takes a while
 * @throws Failure when the commit cannot be synthesized, or the user interrupts
 */
export async function synthesisOf(commit: string, say: (text: string) => void): Promise<string> {
  const kept = join(places.reviews, commit);
  if (existsSync(kept)) return kept;
  mkdirSync(places.reviews, { recursive: true });
  removeAbandoned();
  const worktree = mkdtempSync(join(places.reviews, `worktree-${process.pid}-`));
  const runner = new Runner(worktree);
  try {
    await build(commit, runner, say);
    keep(join(worktree, "cdktf.out"), kept);
  } finally {
    runner.end();
    removeWorktree(worktree);
  }
  return kept;
}

async function build(commit: string, runner: Runner, say: (text: string) => void): Promise<void> {
  const { worktree } = runner;
  const short = shortCommit(commit);
  say(`synthesizing ${short} in a worktree of its own; the next time it is there`);
  await runner.run(
    "git",
    ["worktree", "add", "--detach", "--force", "--quiet", worktree, commit],
    places.root,
  );
  if (!existsSync(join(worktree, "platform"))) {
    throw new Failure(
      `${short} cannot be synthesized: it has no ./platform`,
      "name a later commit, or a folder",
    );
  }
  if (haveSamePackages(worktree)) {
    symlinkSync(join(places.root, "node_modules"), join(worktree, "node_modules"), "dir");
  } else {
    say(`installing the packages of ${short}: its lock file is another`);
    await runner.run("npm", ["ci", "--no-audit", "--no-fund"], worktree);
  }
  await runner.run(process.execPath, ["platform", "synth"], worktree);
  if (!existsSync(join(worktree, "cdktf.out", "stacks"))) {
    throw new Failure(
      `${short} synthesized nothing into cdktf.out/stacks`,
      "name a later commit, or a folder",
    );
  }
}

/** The packages here are the commit's too when the lock files are equal and something is installed. */
function haveSamePackages(worktree: string): boolean {
  const [here, there] = [places.root, worktree].map((root) => {
    const file = join(root, "package-lock.json");
    return existsSync(file) ? readFileSync(file, "utf8") : undefined;
  });
  return here === there && existsSync(join(places.root, "node_modules"));
}

/** Moves a whole synthesis to its name; another process may have been faster, and its is as good. */
function keep(made: string, kept: string): void {
  try {
    renameSync(made, kept);
  } catch (error) {
    if (!existsSync(kept)) throw error;
  }
}

function removeWorktree(worktree: string): void {
  rmSync(worktree, { recursive: true, force: true });
  git("worktree", "prune");
}

/** Removes what processes left that were killed. */
function removeAbandoned(): void {
  for (const name of readdirSync(places.reviews)) {
    const pid = Number(WORKTREE.exec(name)?.[1]);
    if (pid > 0 && !isRunning(pid)) removeWorktree(join(places.reviews, name));
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Runs the steps of one build, and ends the one at work when the user interrupts. */
class Runner {
  private child: ChildProcess | undefined;
  private interrupted = false;
  /** Stops listening to signals. */
  readonly end = onSignals(() => {
    this.interrupted = true;
    this.child?.kill("SIGTERM");
  });

  constructor(readonly worktree: string) {}

  async run(command: string, args: readonly string[], cwd: string): Promise<void> {
    const { CDKTF_OUTDIR: _, PLATFORM_ENVIRONMENTS: __, ...env } = process.env;
    const child = spawn(command, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
    this.child = child;
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => (output += data));
    const code = await ended(child);
    if (this.interrupted)
      throw new Failure("interrupted: the worktree is removed", undefined, exitCodes.interrupted);
    if (code === 0) return;
    const what = [
      command === process.execPath ? "./platform" : command,
      ...args.slice(command === process.execPath ? 1 : 0),
    ];
    throw new Failure(`${what.join(" ")} failed in ${shown(cwd)}:\n${output.trimEnd()}`);
  }
}
