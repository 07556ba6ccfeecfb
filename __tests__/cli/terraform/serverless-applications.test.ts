import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PlanJson } from "../../../cli/terraform/change-set";
import { applicationsChangedBy, stopApplications } from "../../../cli/terraform/serverless-applications";
import { LoopbackServer } from "../loopback-server";

const quick = { limit: 2_000, pause: 50 };

function planOf(id: string | undefined, ...actions: readonly string[]): PlanJson {
  const address = "aws_emrserverless_application.emr_serverless";
  const change = { actions, before: id === undefined ? null : { id } };
  return { resource_changes: [{ address, mode: "managed", type: "aws_emrserverless_application", change }] };
}

test.each([
  [["update"], ["a"]],
  [["delete"], ["a"]],
  [["delete", "create"], ["a"]],
  [["no-op"], []],
  [["forget"], []],
])("a plan that says %j changes applications %j", (actions, ids) => {
  expect(applicationsChangedBy(planOf("a", ...actions))).toEqual(ids);
});

test("a new application is not stopped", () => {
  expect(applicationsChangedBy(planOf(undefined, "create"))).toEqual([]);
});

/**
 * EMR Serverless on loopback: its REST protocol for one application, which stops after being asked, and refuses while
 * a job runs. (moto's answers have dates in a form that the SDK refuses.)
 */
class LoopbackServerless extends LoopbackServer {
  state = "STARTED";
  jobs = 0;
  readonly requests: string[] = [];

  constructor() {
    super(({ method, url = "" }) => {
      const path = url.split("?")[0] ?? "";
      this.requests.push(`${method} ${path}`);
      const { status, body, error } = this.answer(path);
      const type = { "content-type": "application/json" };
      const headers = error === undefined ? type : { ...type, "x-amzn-errortype": error };
      return { status, headers, body: JSON.stringify(body) };
    });
  }

  private answer(path: string): Answer {
    if (!path.startsWith("/applications/app")) return refusal(404, "ResourceNotFoundException");
    if (path.endsWith("/jobruns"))
      return { status: 200, body: { jobRuns: Array(this.jobs).fill({ id: "j" }) } };
    if (path.endsWith("/stop") && this.jobs > 0) return refusal(400, "ValidationException");
    const { state } = this;
    if (path.endsWith("/stop")) this.state = "STOPPING";
    else if (state === "STOPPING") this.state = "STOPPED";
    return {
      status: 200,
      body: path.endsWith("/stop") ? {} : { application: { applicationId: "app", state } },
    };
  }
}

interface Answer {
  readonly status: number;
  readonly body: object;
  readonly error?: string;
}

function refusal(status: number, error: string): Answer {
  return { status, error, body: { message: error } };
}

describe("an existing application", () => {
  let aws: LoopbackServerless;
  let directory: string;
  let printed: string[];
  const before = { ...process.env };

  beforeEach(async () => {
    aws = new LoopbackServerless();
    Object.assign(process.env, {
      AWS_ENDPOINT_URL: await aws.start(),
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
    });
    directory = mkdtempSync(join(tmpdir(), "serverless-"));
    const provider = { aws: [{ region: "eu-north-1" }] };
    writeFileSync(join(directory, "cdk.tf.json"), JSON.stringify({ terraform: {}, provider }));
    printed = [];
    jest.spyOn(console, "log").mockImplementation((line: string) => printed.push(line));
  });

  afterEach(async () => {
    jest.restoreAllMocks();
    process.env = { ...before };
    await aws.stop();
    rmSync(directory, { recursive: true });
  });

  const stop = (plan: PlanJson, patience = quick): Promise<void> =>
    stopApplications({ id: "dev-processing", directory, dependencies: [] }, plan, patience);

  test("is stopped before it is changed, and the terminal says so", async () => {
    await stop(planOf("app", "update"));
    expect(aws.state).toBe("STOPPED");
    expect(printed.join("\n")).toContain(
      "EMR Serverless app: stops the application; the next job run starts it",
    );
  });

  test.each(["CREATED", "STOPPED"])("is left alone when it is %s", async (state) => {
    aws.state = state;
    await stop(planOf("app", "update"));
    expect(aws.requests).toEqual(["GET /applications/app"]);
    expect(printed).toEqual([]);
  });

  test("is left alone when the plan does not change it", async () => {
    await stop(planOf("app", "no-op"));
    expect(aws.requests).toEqual([]);
  });

  test("is waited for while jobs run", async () => {
    aws.jobs = 2;
    const stopped = stop(planOf("app", "delete", "create"));
    setTimeout(() => {
      aws.jobs = 0;
    }, 200);
    await stopped;
    expect(aws.state).toBe("STOPPED");
    expect(printed[0]).toContain("waits for 2 running job runs: AWS changes a stopped application only");
  });

  test("whose jobs do not end makes the apply fail, and goes on working", async () => {
    aws.jobs = 1;
    await expect(stop(planOf("app", "update"), { limit: 100, pause: 20 })).rejects.toThrow(
      "dev-processing: EMR Serverless application app still waits for 1 running job run",
    );
    expect(aws.state).toBe("STARTED");
    expect(aws.requests).not.toContain("POST /applications/app/stop");
  });

  test("that is gone needs nothing", async () => {
    await expect(stop(planOf("gone", "delete"))).resolves.toBeUndefined();
  });
});
