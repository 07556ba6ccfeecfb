import { setTimeout as sleep } from "node:timers/promises";
import {
  EMRServerlessClient,
  GetApplicationCommand,
  ListJobRunsCommand,
  StopApplicationCommand,
} from "@aws-sdk/client-emr-serverless";
import pc from "picocolors";
import { traced } from "../../base/aws-errors";
import { Failure } from "../../base/failure";
import type { ChangedResource, PlanJson } from "./change-set";
import { readStackJson, type Stack } from "./stacks";

/** States in which an application can be changed or deleted. Source: Amazon EMR Serverless User Guide, "Application states". */
const changeable: ReadonlySet<string> = new Set(["CREATED", "STOPPED", "TERMINATED"]);

/** States of a job run that keep its application from stopping. */
const running = ["SUBMITTED", "PENDING", "SCHEDULED", "RUNNING", "CANCELLING", "QUEUED"] as const;

/** How long an apply waits for job runs, and how often it looks, in milliseconds. */
const PATIENCE = { limit: 60 * 60_000, pause: 10_000 };

/** How long to wait for an application, in milliseconds. */
export interface Patience {
  readonly limit: number;
  readonly pause: number;
}

/**
 * Stops the EMR Serverless applications that a plan updates, replaces or deletes, once their job runs have ended: AWS
 * refuses a change of a started application, whatever changes. The next job run starts it again by itself.
 * Source: Amazon EMR Serverless API Reference, "UpdateApplication" and "DeleteApplication".
 *
 * @throws Failure when job runs do not end in time
 */
export async function stopApplications(
  stack: Stack,
  plan: PlanJson,
  patience: Patience = PATIENCE,
): Promise<void> {
  const ids = applicationsChangedBy(plan);
  if (ids.length === 0) return;
  const region = readStackJson(stack.directory).provider?.aws?.[0]?.region;
  const client = traced(new EMRServerlessClient(region === undefined ? {} : { region }));
  try {
    for (const id of ids) await new Application(client, stack.id, id).stop(patience);
  } finally {
    client.destroy();
  }
}

/** Returns the ids of the existing applications that a plan changes in any way but forgetting them. */
export function applicationsChangedBy({ resource_changes = [] }: PlanJson): string[] {
  return resource_changes.filter(isChangedApplication).flatMap(({ change: { before } }) => {
    const { id } = (before ?? {}) as { readonly id?: unknown };
    return typeof id === "string" ? [id] : [];
  });
}

function isChangedApplication({ type, mode, change: { actions } }: ChangedResource): boolean {
  const changes = actions.includes("update") || actions.includes("delete");
  return mode === "managed" && type === "aws_emrserverless_application" && changes;
}

class Application {
  constructor(
    private readonly client: EMRServerlessClient,
    private readonly stack: string,
    private readonly applicationId: string,
  ) {}

  async stop({ limit, pause }: Patience): Promise<void> {
    const end = Date.now() + limit;
    let reported = "";
    for (let obstacle = await this.obstacle(); obstacle !== undefined; obstacle = await this.obstacle()) {
      if (obstacle !== reported) this.report(`waits for ${obstacle}: AWS changes a stopped application only`);
      reported = obstacle;
      if (Date.now() > end) {
        throw new Failure(
          `${this.stack}: EMR Serverless application ${this.applicationId} still waits for ${obstacle}`,
          "run the same command again when its job runs have ended, or cancel them in Airflow first",
        );
      }
      await sleep(pause);
    }
  }

  /** Returns what keeps the application from being changed, and asks it to stop when no job run does. */
  private async obstacle(): Promise<string | undefined> {
    const state = await this.state();
    if (changeable.has(state)) return undefined;
    const jobs = state === "STARTED" ? await this.runningJobs() : 0;
    if (jobs > 0) return `${jobs} running job ${jobs === 1 ? "run" : "runs"}`;
    if (state === "STARTED") await this.requestStop();
    return "the application to stop";
  }

  /** The state; `TERMINATED` for an application that is gone. */
  private async state(): Promise<string> {
    const command = new GetApplicationCommand({ applicationId: this.applicationId });
    try {
      const { application } = await this.client.send(command);
      return application?.state ?? "TERMINATED";
    } catch (error) {
      if (error instanceof Error && error.name === "ResourceNotFoundException") return "TERMINATED";
      throw refused(this.stack, "GetApplication", this.applicationId, error);
    }
  }

  private async runningJobs(): Promise<number> {
    const command = new ListJobRunsCommand({ applicationId: this.applicationId, states: [...running] });
    try {
      return (await this.client.send(command)).jobRuns?.length ?? 0;
    } catch (error) {
      throw refused(this.stack, "ListJobRuns", this.applicationId, error);
    }
  }

  /** A job run that is submitted in this moment makes AWS refuse: the next look sees it. */
  private async requestStop(): Promise<void> {
    try {
      await this.client.send(new StopApplicationCommand({ applicationId: this.applicationId }));
      this.report("stops the application; the next job run starts it");
    } catch (error) {
      if (error instanceof Error && error.name === "ValidationException") return;
      throw refused(this.stack, "StopApplication", this.applicationId, error);
    }
  }

  private report(message: string): void {
    console.log(`${pc.dim(`${this.stack} │`)} EMR Serverless ${this.applicationId}: ${message}`);
  }
}

function refused(stack: string, action: string, applicationId: string, error: unknown): Failure {
  const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return new Failure(
    `${stack}: emr-serverless:${action} of application ${applicationId} failed: ${reason}`,
    "use credentials that may stop the application: docs/account.md lists the roles",
  );
}
