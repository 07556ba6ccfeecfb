import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Job, needs, readWorkflows, root, stepsOf, texts, type WorkflowStep } from "./workflows";

const workflows = readWorkflows();
const environment = `\${{ matrix.environment }}`;

/** Jobs that run once for each environment. */
const repeated = [
  "ci.plan",
  "ci.comment-plans",
  "deploy.plan",
  "deploy.apply",
  "drift.drift",
  "sync-dags.publish",
];

const job = (name: string): Job => {
  const [workflow = "", id = ""] = name.split(".");
  const found = workflows.get(workflow)?.jobs[id];
  if (!found) throw new Error(`no job ${name}`);
  return found;
};

const step = (name: string, action: string): WorkflowStep => {
  const steps = (job(name).steps ?? []).filter(({ uses, run }) => `${uses ?? run}`.startsWith(action));
  expect(steps.map((one) => one.name)).toHaveLength(1);
  return steps[0] ?? {};
};

test("no workflow names an environment", () => {
  const names = readdirSync(join(root, "environments")).map((file) => file.replace(/\.tfvars$/, ""));
  expect(names).toEqual(expect.arrayContaining(["dev", "staging", "prod"]));
  const pattern = new RegExp(`(?<![a-z])(?:${names.join("|")})(?![a-z])`, "gi");
  expect("PLAN_ROLE_ARN_DEV, prod.json").toMatch(pattern);
  for (const [file, text] of texts()) {
    expect({ file, found: text.match(pattern) }).toEqual({ file, found: null });
  }
});

describe("the list of environments", () => {
  const { list } = workflows.get("environments")?.jobs ?? {};

  test("comes from the configuration and the variables, in one workflow without credentials", () => {
    expect(list?.permissions).toEqual({ contents: "read" });
    expect(list?.outputs).toEqual({ environments: `\${{ steps.list.outputs.environments }}` });
    expect(list?.steps?.at(-1)).toEqual({
      name: "List",
      id: "list",
      run: './platform environments --format github >>"$GITHUB_OUTPUT"',
      env: { VARIABLES: `\${{ toJSON(vars) }}` },
    });
    expect(workflows.get("environments")?.on).toMatchObject({
      workflow_call: { outputs: { environments: { value: `\${{ jobs.list.outputs.environments }}` } } },
    });
  });

  test.each(["ci", "deploy", "drift", "sync-dags"])("%s reads it first", (name) => {
    const first = job(`${name}.environments`);
    expect(first.uses).toBe("./.github/workflows/environments.yml");
    expect(needs(first)).toEqual([]);
    expect(first.permissions).toEqual({ contents: "read" });
  });

  test("is the matrix of every job that is about an environment", () => {
    const found = [...workflows].flatMap(([name, { jobs }]) =>
      Object.entries(jobs).flatMap(([id, one]) =>
        JSON.stringify(one).includes("matrix.environment") ? [`${name}.${id}`] : [],
      ),
    );
    expect(found.sort()).toEqual([...repeated].sort());
  });

  test.each(repeated)("%s runs once for each of them, and not when there are none", (name) => {
    const { strategy, if: condition, ...block } = job(name);
    expect(strategy?.matrix).toEqual({
      include: `\${{ fromJSON(needs.environments.outputs.environments) }}`,
    });
    expect(condition).toBe("needs.environments.outputs.environments != '[]'");
    expect(needs(block)).toContain("environments");
  });

  test.each(["deploy.apply", "sync-dags.publish"])("%s goes one by one and stops at a failure", (name) => {
    const { strategy, uses, with: inputs } = job(name);
    expect(strategy).toMatchObject({ "max-parallel": 1, "fail-fast": true });
    expect(uses).toBe(`./.github/workflows/${name.split(".")[1]}.yml`);
    expect(inputs).toEqual({ environment });
  });

  test.each(["ci.plan", "ci.comment-plans", "deploy.plan", "drift.drift"])(
    "%s goes on when another environment fails",
    (name) => expect(job(name).strategy?.["fail-fast"]).toBe(false),
  );
});

describe("a plan", () => {
  test.each(["ci.plan", "deploy.plan", "drift.drift"])(
    "%s is made with the environment's own role",
    (name) => {
      const { with: inputs } = step(name, "aws-actions/configure-aws-credentials@");
      expect(inputs).toEqual({
        "role-to-assume": `\${{ matrix.plan_role }}`,
        "aws-region": `\${{ vars.AWS_REGION }}`,
      });
    },
  );

  test("takes no lock, which its role could not write", () => {
    const plans = [...workflows.values()]
      .flatMap(stepsOf)
      .filter(({ step: { run = "" } }) => run.includes("./platform plan"));
    expect(plans).toHaveLength(2);
    for (const { step: planned } of plans) expect(planned.run).toContain(" --no-lock ");
    expect(readFileSync(join(root, ".ci", "drift"), "utf8")).toContain(
      './platform plan --env "$environment" --no-lock ',
    );
  });

  test("stays on the runner that made it", () => {
    const uploads = [...workflows.values()].flatMap((one) =>
      stepsOf(one).filter(({ step: { uses = "" } }) => uses.startsWith("actions/upload-artifact@")),
    );
    expect(uploads.map(({ step: { with: inputs } }) => `${inputs?.name}: ${inputs?.path}`).sort()).toEqual([
      `changes-${environment}: build/changes`,
      `review-${environment}: build/review.md`,
      "review: build/review.md",
    ]);
  });

  test("is applied as it was reviewed, from the artifact of its environment", () => {
    expect(step("deploy.plan", "./platform plan").run).toMatch(
      / --env "\$ENVIRONMENT" .*--changes "build\/changes\/\$ENVIRONMENT\.json"$/,
    );
    expect(step("deploy.plan", "actions/upload-artifact@").with).toMatchObject({
      name: `changes-${environment}`,
      "if-no-files-found": "error",
    });
    expect(step("apply.apply", "actions/download-artifact@").with).toEqual({
      name: `changes-\${{ inputs.environment }}`,
      path: "build/changes",
    });
    expect(step("apply.apply", "./platform apply").run).toBe(
      './platform apply --env "$ENVIRONMENT" --reviewed "build/changes/$ENVIRONMENT.json" --yes',
    );
  });
});

describe("a review", () => {
  test.each(["ci.review", "deploy.review"])("%s covers the whole change, without credentials", (name) => {
    const { permissions, steps = [] } = job(name);
    expect(permissions).toEqual({ contents: "read" });
    expect(steps.some(({ uses }) => uses?.startsWith("aws-actions/"))).toBe(false);
    expect(step(name, "./platform review").run).not.toMatch(/--env|--plan/);
  });

  test.each(["ci.plan", "deploy.plan"])("%s covers its environment's plan, in the summary", (name) => {
    const { run } = step(name, "./platform review");
    expect(run).toMatch(/ --env "\$ENVIRONMENT" --plan build\/planned --format markdown/);
    expect(run).toContain('"$GITHUB_STEP_SUMMARY"');
  });

  test("that is piped fails with its command", () => {
    const piped = [...workflows.values()].flatMap((one) =>
      stepsOf(one).filter(({ step: { run = "" } }) => run.includes("|")),
    );
    expect(piped.map(({ step: { shell } }) => shell)).toEqual(["bash"]);
  });

  test.each([
    ["ci.review", "ci.comment", "review", "review"],
    ["ci.plan", "ci.comment-plans", `review-${environment}`, `plan-${environment}`],
  ])("%s goes to %s", (made, written, artifact, header) => {
    expect(step(made, "actions/upload-artifact@").with).toMatchObject({ name: artifact });
    expect(step(written, "actions/download-artifact@").with).toEqual({ name: artifact });
    expect(step(written, "marocchino/sticky-pull-request-comment@").with).toEqual({
      header,
      path: "review.md",
    });
  });
});

test("no command contains an expression, which somebody else's text could extend", () => {
  const commands = [...workflows.values()].flatMap((one) =>
    stepsOf(one).map(({ step: { run = "" } }) => run),
  );
  expect(commands.filter(Boolean).length).toBeGreaterThan(20);
  expect(commands.filter((run) => run.includes("${{"))).toEqual([]);
});
