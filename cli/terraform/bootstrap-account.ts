import { existsSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import { Failure } from "../../base/failure";
import { accountOf, refuseWhatExists } from "../account/once-per-account";
import { places, shown } from "../places";
import { parseState, type State } from "../state-file";
import { applyStack } from "./apply-stack";
import { type Forgotten, readForgotten } from "./forgotten";
import { OVERRIDES, withOverride } from "./override";
import type { Session } from "./session";
import type { Stack } from "./stacks";
import { managedAddresses, managedTypes } from "./state";
import { type Outcome, type Walk, walk } from "./walk";
import { MissingStateBucket, type Workspace } from "./workspace";

/** S3 may not show a bucket for a minute after it was made (source: Terraform's own message). */
const MIGRATION_ATTEMPTS = 7;
const MIGRATION_PAUSE_MS = 15_000;

/**
 * Makes what exists once per account, first of all the state bucket. The state starts in a local file beside
 * cdktf.out, where no clean-up goes, and moves into the bucket it describes; the file is removed once the bucket's
 * copy says the same, so that an interrupted run can always be run again. On an account that is bootstrapped
 * already, the stack is applied like any other.
 */
export function bootstrapAccount(session: Session, assumeYes: boolean): Promise<Walk> {
  const id = `bootstrap-${session.config.account_id}`;
  const stack = session.all.find((candidate) => candidate.id === id);
  if (!stack) throw new Failure(`the synthesis has no stack ${id}`);
  const account = new Bootstrap(session, stack, assumeYes);
  return walk([{ name: id, run: () => account.run() }]);
}

class Bootstrap {
  private readonly localFile: string;
  private readonly workspace: Workspace;

  constructor(
    private readonly session: Session,
    private readonly stack: Stack,
    private readonly assumeYes: boolean,
  ) {
    this.workspace = session.workspace(stack);
    this.localFile = join(dirname(places.synthesis), `${stack.id}.tfstate`);
  }

  async run(): Promise<Outcome> {
    const remote = await this.remoteState();
    const local = this.localState();
    if (remote && local) this.settle(remote, local);
    await this.refuseWhatExists(remote ?? local, remote ? await readForgotten(this.stack) : {});
    if (remote) return this.apply();
    const { directory } = this.stack;
    const backend = { terraform: { backend: { local: { path: this.localFile } } } };
    const applied = await withOverride(directory, OVERRIDES.localState, backend, async () => {
      await this.workspace.init("-reconfigure");
      return this.apply();
    });
    if (applied.word === "declined") return applied;
    await this.migrate();
    return { ...applied, detail: `${applied.detail}; the state is in its own bucket` };
  }

  /** The state in the bucket; undefined when there is no bucket, or nothing in it. */
  private async remoteState(): Promise<State | undefined> {
    try {
      await this.workspace.init("-reconfigure");
    } catch (error) {
      if (error instanceof MissingStateBucket) return undefined;
      throw error;
    }
    const state = await this.workspace.state();
    return managedAddresses(state).length > 0 ? state : undefined;
  }

  private localState(): State | undefined {
    return existsSync(this.localFile) ? parseState(readFileSync(this.localFile, "utf8")) : undefined;
  }

  /** What was forgotten by an earlier bootstrap exists, too, and is imported. */
  private refuseWhatExists(state: State | undefined, forgotten: Forgotten): Promise<void> {
    const { config, configs } = this.session;
    const imported = Object.keys(forgotten).map((address) => address.split(".")[0] ?? "");
    return refuseWhatExists(accountOf(config, configs, new Set([...managedTypes(state), ...imported])));
  }

  private async apply(): Promise<Outcome> {
    const outcome = await applyStack(this.workspace, this.stack, { assumeYes: this.assumeYes });
    return outcome.word === "unchanged" ? { ...outcome, detail: "bootstrapped already" } : outcome;
  }

  /** Copies the local state into the bucket, and removes the file once the bucket has it. */
  private async migrate(): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        await this.workspace.init("-migrate-state", "-force-copy");
        break;
      } catch (error) {
        if (!(error instanceof MissingStateBucket) || attempt === MIGRATION_ATTEMPTS) throw error;
        console.log(`${this.stack.id}: the new bucket is not visible yet; trying again (${attempt})`);
        await sleep(MIGRATION_PAUSE_MS);
      }
    }
    const [remote, local] = [await this.remoteState(), this.localState()];
    if (remote && local) this.settle(remote, local);
  }

  /** Removes the local state when the bucket's says the same; refuses to go on when they differ. */
  private settle(remote: State, local: State): void {
    if (!isDeepStrictEqual(remote.resources, local.resources)) {
      throw new Failure(
        `${this.localFile} and the state in the bucket differ`,
        `compare it with \`terraform -chdir=${shown(this.stack.directory)} state pull\`, and remove the file if the bucket's is right`,
      );
    }
    for (const file of [this.localFile, `${this.localFile}.backup`]) rmSync(file, { force: true });
  }
}
