import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { createProgram } from "../../cli/main";
import { needs, readWorkflows, root, stepsOf, texts } from "./workflows";

const workflows = readWorkflows();
const files = ["apply", "ci", "deploy", "drift", "environments", "publish", "security", "sync-dags"];
/** Workflows that others call for one environment each. */
const perEnvironment = ["apply", "publish"];
const called = [...perEnvironment, "environments"];

const workflow = (name: string) => {
  const found = workflows.get(name);
  if (!found) throw new Error(`no workflow ${name}`);
  return found;
};

/** The lines that the steps run. */
const commands = [...workflows.values()].flatMap((one) =>
  stepsOf(one).flatMap(({ step }) => (step.run ?? "").split("\n").filter(Boolean)),
);

describe("what the workflows run", () => {
  const targets = [...readFileSync(join(root, "Makefile"), "utf8").matchAll(/^([a-z-]+):/gm)].map(
    ([, name = ""]) => name,
  );

  test("is a target of the Makefile or a command of ./platform, but for the sum of all jobs", () => {
    const others = commands.filter((line) => !/^(make|\.\/platform) /.test(line));
    expect(others).toEqual(["exit 1"]);
  });

  test("is there", () => {
    const made = commands.flatMap((line) => /^make ([a-z-]+)/.exec(line)?.slice(1) ?? []);
    const tests = ["test-etl", "test-services", "test-explore", "test-metadata", "test-dags"];
    expect(workflow("ci").jobs.pytest?.strategy?.matrix.target).toEqual(tests);
    expect(made.length).toBeGreaterThan(10);
    for (const target of [...made, ...tests]) expect(targets).toContain(target);
  });

  test("takes the options that the commands have", () => {
    const known = new Map(createProgram().commands.map((command: Command) => [command.name(), command]));
    const lines = commands.filter((line) => line.startsWith("./platform "));
    expect(lines.length).toBeGreaterThan(8);
    for (const line of lines) {
      const [, name = ""] = /^\.\/platform ([a-z]+)/.exec(line) ?? [];
      const options = known.get(name)?.options.map(({ long }) => long);
      expect({ line, options }).toEqual({ line, options: expect.anything() });
      for (const [option] of line.matchAll(/--[a-z-]+/g)) expect(options).toContain(option);
    }
  });

  test("adds up to everything that a pull request must pass", () => {
    const makefile = readFileSync(join(root, "Makefile"), "utf8");
    const parts = (target: string): string[] =>
      (new RegExp(`^${target}: ([a-z -]+) ##`, "m").exec(makefile)?.[1] ?? "").split(" ");
    const wanted = [...parts("test"), ...parts("lint")].filter(
      (part) => !/^(needs-test|needs-lint|install-test|lint)$/.test(part),
    );
    expect(wanted).toHaveLength(15);
    const run = stepsOf(workflow("ci")).flatMap(
      ({ step }) => /^make ([a-z-]+)/.exec(step.run ?? "")?.slice(1) ?? [],
    );
    expect([...run, "test-etl", "test-services", "test-explore", "test-metadata", "test-dags"]).toEqual(
      expect.arrayContaining(wanted),
    );
  });
});

describe("the actions", () => {
  const uses = [...texts()].flatMap(([file, text]) =>
    [...text.matchAll(/^\s*(?:- )?uses: (.*)$/gm)].map(([, action = ""]) => ({ file, action })),
  );

  test("are pinned by commit, with their version beside it, or are this repository's", () => {
    expect(uses.length).toBeGreaterThan(30);
    const pinned = /^[\w.-]+(?:\/[\w.-]+)+@[0-9a-f]{40} # v\d+\.\d+\.\d+$|^\.\/\.github\//;
    expect(uses.filter(({ action }) => !pinned.test(action))).toEqual([]);
  });

  test("have one commit each", () => {
    const commits = new Map<string, Set<string>>();
    for (const { action } of uses) {
      const [name = "", commit = ""] = action.split("@");
      commits.set(name, (commits.get(name) ?? new Set()).add(commit));
    }
    expect([...commits].filter(([, found]) => found.size > 1)).toEqual([]);
  });

  test("that check out leave no token behind", () => {
    const checkouts = [...workflows.values()].flatMap((one) =>
      stepsOf(one).filter(({ step }) => step.uses?.startsWith("actions/checkout@")),
    );
    expect(checkouts.length).toBeGreaterThan(10);
    for (const { step } of checkouts) expect(step.with).toMatchObject({ "persist-credentials": false });
  });
});

describe("every workflow", () => {
  test("is known here", () => expect([...workflows.keys()]).toEqual(files));

  test.each(files)("%s has no permission but what its jobs say, and an end", (name) => {
    const { permissions, jobs } = workflow(name);
    expect(permissions).toEqual({});
    for (const job of Object.values(jobs)) {
      expect(job.permissions).toBeDefined();
      if (!job.uses) expect(job["timeout-minutes"]).toBeGreaterThan(0);
    }
  });

  test.each(files.filter((name) => !called.includes(name)))("%s runs once at a time", (name) => {
    expect(workflow(name).concurrency).toMatchObject({ group: expect.stringContaining(name) });
  });

  test("writes only where it has to", () => {
    const written = [...workflows].flatMap(([name, { jobs }]) =>
      Object.entries(jobs).flatMap(([job, { permissions = {} }]) =>
        Object.entries(permissions).flatMap(([what, kind]) =>
          kind === "write" ? [`${name}.${job} ${what}`] : [],
        ),
      ),
    );
    expect(written.sort()).toEqual([
      "apply.apply id-token",
      "ci.comment pull-requests",
      "ci.comment-plans pull-requests",
      "ci.plan id-token",
      "deploy.apply id-token",
      "deploy.plan id-token",
      "drift.drift id-token",
      "drift.drift issues",
      "publish.publish id-token",
      "security.codeql security-events",
      "sync-dags.publish id-token",
    ]);
  });

  test("knows no key of AWS and no secret", () => {
    for (const [file, text] of texts()) {
      expect({ file, found: text.match(/aws-(access-key-id|secret-access-key)|secrets\./gi) }).toEqual({
        file,
        found: null,
      });
    }
  });
});

/** Whether a path of a workflow's filter, `contracts/**`, has another below it. */
const covers = (outer: string, inner: string): boolean =>
  outer.endsWith("/**") && inner.startsWith(outer.slice(0, -"**".length));

describe("the order of jobs", () => {
  const order = (name: string): Record<string, readonly string[]> =>
    Object.fromEntries(Object.entries(workflow(name).jobs).map(([job, block]) => [job, needs(block)]));

  test("DAGs are synced after their linters", () => {
    const [list, lint] = ["environments", "lint-pyspark"];
    expect(order("sync-dags")).toEqual({ [list]: [], [lint]: [], publish: [list, lint] });
    expect(workflow("sync-dags").on.push).toMatchObject({
      branches: ["main"],
      paths: expect.arrayContaining(["dags/**", "packages/**", "etl/**", "stacks/**"]),
    });
  });

  test("a change of anything that main.ts synthesizes from is deployed, and no path is listed twice", () => {
    const { paths } = workflow("deploy").on.push as { readonly paths: readonly string[] };
    const read = ["base", "config", "contracts", "environments", "modules", "policies", "stacks"];
    const wanted = [...read.map((folder) => `${folder}/**`), "packages/platform_sizing/**", "main.ts"];
    expect(paths).toEqual(expect.arrayContaining(wanted));
    const inside = paths.filter((path) => paths.some((other) => other !== path && covers(other, path)));
    expect(inside).toEqual([]);
  });

  test("environments are applied after every plan and review, once people approve", () => {
    expect(order("deploy")).toEqual({
      environments: [],
      review: ["environments"],
      plan: ["environments"],
      apply: ["environments", "review", "plan"],
    });
    for (const name of perEnvironment) {
      const [job] = Object.values(workflow(name).jobs);
      expect(job?.environment).toBe(`\${{ inputs.environment }}`);
    }
  });

  test("drift is looked for once the environments are known", () => {
    expect(order("drift")).toEqual({ environments: [], drift: ["environments"] });
  });

  test("only main is deployed, published and watched", () => {
    for (const name of ["deploy", "drift"])
      expect(workflow(name).jobs.environments?.if).toBe("github.ref == 'refs/heads/main'");
    expect(workflow("sync-dags").on).toEqual({ push: expect.objectContaining({ branches: ["main"] }) });
  });

  test("nothing that a fork or Dependabot sends gets near AWS or the comments", () => {
    const { environments, review, plan, comment, "comment-plans": plans } = workflow("ci").jobs;
    for (const job of [environments, review]) {
      expect(job?.if).toBe(
        "github.event_name == 'pull_request' && !github.event.pull_request.head.repo.fork && " +
          "github.event.pull_request.user.login != 'dependabot[bot]'",
      );
    }
    expect(needs(plan ?? {})).toEqual(["environments"]);
    expect(needs(comment ?? {})).toEqual(["review"]);
    expect(needs(plans ?? {})).toEqual(["environments", "plan"]);
    // These functions let a job run although a job that it needs was skipped.
    for (const job of [plan, comment, plans]) expect(job?.if ?? "").not.toMatch(/always|cancelled|failure/);
    for (const { on } of workflows.values()) expect(on).not.toHaveProperty("pull_request_target");
  });

  test("what may write a comment runs no code of the pull request", () => {
    const jobs = Object.values(workflow("ci").jobs).filter(
      ({ permissions }) => permissions?.["pull-requests"],
    );
    expect(jobs).toHaveLength(2);
    for (const { permissions, steps = [] } of jobs) {
      expect(permissions).toEqual({ "pull-requests": "write" });
      expect(steps.map(({ uses = "" }) => uses.split("@")[0])).toEqual([
        "actions/download-artifact",
        "marocchino/sticky-pull-request-comment",
      ]);
      expect(steps.some(({ run }) => run !== undefined)).toBe(false);
    }
  });

  test("one check stands for all the others", () => {
    const { passed, comment: _, "comment-plans": __, ...others } = workflow("ci").jobs;
    expect(passed?.if).toBe("always()");
    expect(
      needs(passed ?? {})
        .slice()
        .sort(),
    ).toEqual(Object.keys(others).sort());
  });
});
