import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

export const root = join(__dirname, "..", "..");
const folder = join(root, ".github", "workflows");

/** One step of a job or of an action of ours. */
export interface WorkflowStep {
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly shell?: string;
}

/** How a job is repeated. */
export interface Strategy {
  readonly "max-parallel"?: number;
  readonly "fail-fast"?: boolean;
  readonly matrix: Readonly<Record<string, unknown>>;
}

/** One job; one that calls another workflow has `uses` instead of steps. */
export interface Job {
  readonly needs?: string | readonly string[];
  readonly if?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly environment?: string;
  readonly strategy?: Strategy;
  readonly outputs?: Readonly<Record<string, string>>;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly "timeout-minutes"?: number;
  readonly steps?: readonly WorkflowStep[];
}

/** A workflow file. */
export interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: unknown;
  readonly concurrency?: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

/** Every workflow by its file's name, without `.yml`. */
export function readWorkflows(): Map<string, Workflow> {
  const files = readdirSync(folder).sort();
  return new Map(
    files.map((name) => [name.replace(/\.yml$/, ""), parse(readFileSync(join(folder, name), "utf8"))]),
  );
}

/** The text of every file that names actions. */
export function texts(): Map<string, string> {
  const action = join(root, ".github", "actions", "setup", "action.yml");
  const files = [...readdirSync(folder).map((name) => join(folder, name)), action];
  return new Map(files.map((file) => [file.slice(root.length + 1), readFileSync(file, "utf8")]));
}

/** The jobs that a job waits for. */
export function needs({ needs: named }: Job): readonly string[] {
  return typeof named === "string" ? [named] : (named ?? []);
}

/** Every step of a workflow with the job that it belongs to. */
export function stepsOf(workflow: Workflow): { job: string; step: WorkflowStep }[] {
  return Object.entries(workflow.jobs).flatMap(([job, { steps }]) =>
    (steps ?? []).map((step) => ({ job, step })),
  );
}
