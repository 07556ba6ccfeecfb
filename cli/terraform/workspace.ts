import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import pc from "picocolors";
import { Failure } from "../../base/failure";
import { exitCodes } from "../../contracts/layout";
import { places, shown } from "../places";
import { parseState, type State } from "../state-file";
import type { PlanJson } from "./change-set";
import type { Terraform } from "./executable";
import { runTerraform, type TerraformResult } from "./process";
import type { Stack } from "./stacks";

/** What a plan would do. */
export interface Plan {
  readonly file: string;
  readonly changes: boolean;
  /** Such as `3 to add, 1 to change, 0 to destroy`. */
  readonly summary: string;
}

/** How a plan is made. */
export interface PlanOptions {
  /** @default false */
  readonly destroy?: boolean;
  /** Addresses to plan for alone. @default everything */
  readonly targets?: readonly string[];
}

/** Thrown when the bucket that should hold the state is not there. */
export class MissingStateBucket extends Failure {}

/** Thrown by a plan that should import what does not exist. */
export class MissingImport extends Failure {
  constructor(
    message: string,
    /** Address that the resource should have been imported to. */
    readonly address: string,
  ) {
    super(message);
  }
}

/** The one thing that takes long in an `init`: fetching a provider that the cache has not. */
const DOWNLOADS = /^- Installing /;

/** Terraform in one stack's directory. */
export class Workspace {
  /**
   * @param lockTimeout how long to wait for a state that another run has locked, as Terraform writes it: `60s`;
   *   undefined: no state is locked, by a role that may not write
   */
  constructor(
    private readonly terraform: Terraform,
    private readonly stack: Stack,
    private readonly lockTimeout: string | undefined,
  ) {}

  /**
   * Prepares the directory: backend and provider.
   * @throws MissingStateBucket before the account is bootstrapped
   */
  async init(...options: readonly string[]): Promise<void> {
    const args = ["init", "-input=false", "-no-color", ...options];
    let result = await this.show(args, DOWNLOADS);
    if (result.code !== 0 && /init\s+-upgrade/.test(result.stderr)) {
      result = await this.show([...args, "-upgrade"], DOWNLOADS);
    }
    if (result.code === 0) return;
    if (/NoSuchBucket|S3 bucket "[^"]*" does not exist/.test(result.stderr)) {
      const bucket = /S3 bucket "([^"]*)"/.exec(result.stderr)?.[1] ?? "of the state";
      throw new MissingStateBucket(
        `${this.stack.id}: the state bucket ${bucket} does not exist`,
        "make it first, once per account: ./platform bootstrap --env <environment>",
      );
    }
    throw this.failure("init", result);
  }

  /** The state as it is stored; undefined before the first apply. */
  async state(): Promise<State | undefined> {
    const result = await this.run(["state", "pull"]);
    if (result.code !== 0) throw this.failure("state pull", result);
    return parseState(result.stdout);
  }

  /** Plans and saves the plan under build/plans, readable by the user alone: plans carry values. */
  async plan({ destroy = false, targets = [] }: PlanOptions = {}): Promise<Plan> {
    mkdirSync(places.plans, { recursive: true, mode: 0o700 });
    const file = join(places.plans, `${this.stack.id}.${process.pid}.tfplan`);
    const args = ["plan", "-input=false", "-no-color", "-detailed-exitcode", `-out=${file}`, this.lock()];
    const chosen = targets.map((address) => `-target=${address}`);
    const result = await this.show([...args, ...(destroy ? ["-destroy"] : []), ...chosen]);
    if (result.code !== 0 && result.code !== 2)
      throw this.missingImport(result) ?? this.failure("plan", result);
    return { file, changes: result.code === 2, summary: summaryOf(stripVTControlCharacters(result.stdout)) };
  }

  /** What a saved plan holds, values included. */
  async read(plan: Plan): Promise<PlanJson> {
    const result = await this.run(["show", "-json", plan.file]);
    if (result.code !== 0) throw this.failure("show", result);
    return JSON.parse(result.stdout);
  }

  /** Applies a saved plan and removes its file. Returns Terraform's count, such as `3 added, 1 changed, 0 destroyed`. */
  async apply(plan: Plan): Promise<string> {
    try {
      const result = await this.show(["apply", "-input=false", "-no-color", this.lock(), plan.file]);
      if (result.code !== 0) throw this.failure("apply", result);
      const counts = /Resources: (?:\d+ imported, )?([^.\n]*)\./.exec(
        stripVTControlCharacters(result.stdout),
      );
      return counts?.[1] ?? "done";
    } finally {
      rmSync(plan.file, { force: true });
    }
  }

  private missingImport({ stderr }: TerraformResult): MissingImport | undefined {
    const text = stripVTControlCharacters(stderr).replaceAll(/[\s│]+/g, " ");
    const address =
      /Cannot import non-existent remote object .*? import an existing object to "([^"]+)"/.exec(text)?.[1];
    if (address === undefined) return undefined;
    return new MissingImport(`${this.stack.id}: ${address} cannot be imported: it does not exist`, address);
  }

  private lock(): string {
    return this.lockTimeout === undefined ? "-lock=false" : `-lock-timeout=${this.lockTimeout}`;
  }

  private run(args: readonly string[]): Promise<TerraformResult> {
    return runTerraform(this.terraform, { directory: this.stack.directory, args });
  }

  private show(args: readonly string[], only = /^/): Promise<TerraformResult> {
    const prefix = pc.dim(`${this.stack.id} │ `);
    return runTerraform(this.terraform, { directory: this.stack.directory, args, prefix, only });
  }

  private failure(command: string, { stderr, interrupted }: TerraformResult): Failure {
    const { id, directory } = this.stack;
    if (interrupted)
      return new Failure(`${id}: terraform ${command} was interrupted`, undefined, exitCodes.interrupted);
    const text = stripVTControlCharacters(stderr);
    const lock = /Error acquiring the state lock[\s\S]*?^\s*ID:\s*(\S+)[\s\S]*?^\s*Who:\s*(\S+)/m.exec(text);
    if (lock) {
      return new Failure(
        `${id}: the state is locked by ${lock[2]}`,
        `wait for that run; if it died: terraform -chdir=${shown(directory)} force-unlock ${lock[1]}`,
      );
    }
    if (/Error acquiring the state lock[\s\S]*AccessDenied/.test(text)) {
      return new Failure(
        `${id}: the state cannot be locked: these credentials may not write its lock file`,
        "plan with --no-lock, as the role of CI that plans does; to apply, use credentials that may write the state",
      );
    }
    const [, reason] = /Error: ([^\n]+)/.exec(text) ?? [];
    const details = command === "init" || command === "state pull" ? `\n${text.trim()}` : "";
    return new Failure(`${id}: terraform ${command} failed: ${reason ?? "see above"}${details}`);
  }
}

/** Returns the counts of a plan in Terraform's words: `1 to import, 3 to add, 1 to change, 0 to destroy, 2 to forget`. */
function summaryOf(output: string): string {
  const counts = /Plan: ([^.\n]*)\./.exec(output)?.[1];
  const forgotten = output.match(/ will no longer be managed by Terraform/g)?.length ?? 0;
  if (forgotten === 0) return counts ?? "outputs only";
  return [...(counts === undefined ? [] : [counts]), `${forgotten} to forget`].join(", ");
}
