import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { z } from "zod";
import { Failure } from "../../base/failure";
import { makeFolder } from "../../base/files";
import { type ChangeSet, changeSetOf, differences, type PlanJson } from "./change-set";

const changes = z.strictObject({
  actions: z.array(z.string()),
  attributes: z.record(z.string(), z.string()),
});

const file = z.strictObject({
  schema_version: z.literal(1),
  environment: z.string(),
  key: z.string(),
  stacks: z.record(z.string(), z.record(z.string(), changes)),
});

/**
 * The changes of an environment's stacks as they were planned for a review, and what compares with them later. It holds
 * no value: no plan has to be kept, or sent to where the apply runs.
 */
export class Reviewed {
  private constructor(
    readonly environment: string,
    /** Key of the digests. */
    readonly key: string,
    private readonly stacks: Record<string, ChangeSet>,
  ) {}

  /** Nothing yet, under a key of its own. */
  static begin(environment: string): Reviewed {
    return new Reviewed(environment, randomBytes(32).toString("hex"), {});
  }

  /** @throws Failure when it is not there, not such a file, or of another environment */
  static read(path: string, environment: string): Reviewed {
    const remedy = `make it: ./platform plan --env ${environment} --changes <file>`;
    if (!existsSync(path)) throw new Failure(`${path} does not exist`, remedy);
    const read = file.safeParse(parse(readFileSync(path, "utf8")));
    if (!read.success) throw new Failure(`${path} does not hold reviewed changes`, remedy);
    if (read.data.environment !== environment)
      throw new Failure(
        `${path} holds the reviewed changes of ${read.data.environment}, not of ${environment}`,
      );
    return new Reviewed(environment, read.data.key, read.data.stacks);
  }

  /** Notes what was planned for a stack. A stack that waits for another is not noted. */
  add(stack: string, plan: PlanJson): void {
    this.stacks[stack] = changeSetOf(plan, this.key);
  }

  write(path: string): void {
    const { environment, key, stacks } = this;
    makeFolder(dirname(path));
    writeFileSync(path, `${JSON.stringify({ schema_version: 1, environment, key, stacks }, null, 2)}\n`, {
      mode: 0o600,
    });
  }

  /** @throws Failure that names what differs */
  require(stack: string, now: ChangeSet): void {
    const remedy = "nothing of this stack was applied; plan again, and have that reviewed";
    const set = this.stacks[stack];
    if (set === undefined)
      throw new Failure(
        `${stack} was not reviewed: what it depends on was not applied when it was planned`,
        remedy,
      );
    const found = differences(set, now);
    if (found.length > 0)
      throw new Failure(`${stack} is not planned as it was reviewed:\n  ${found.join("\n  ")}`, remedy);
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
