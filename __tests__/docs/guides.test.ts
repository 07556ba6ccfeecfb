import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Checkout, type Ended } from "./checkout";
import { pages, root } from "./markdown";

const guides = pages().filter(({ file }) => file.startsWith("docs/guides/"));

const runnable = guides
  .map(({ file, blocks }) => ({ file, blocks: blocks.filter(({ info }) => info === "sh runnable") }))
  .filter(({ blocks }) => blocks.length > 0);

/** The lines that files of one checkout have and those of another have not, but for files that `own` matches. */
function changedLines(before: string, after: string, own: RegExp): string[] {
  const listed = execFileSync("git", ["ls-files"], { cwd: before, encoding: "utf8" }).split("\n");
  const files = listed.filter((file) => /\.(ts|py|json|tfvars)$/.test(file) && !own.test(file));
  return files.flatMap((file) => {
    const [old, now] = [before, after].map((folder) => {
      const path = join(folder, file);
      return existsSync(path) ? readFileSync(path, "utf8").split("\n") : [];
    });
    return (now ?? []).filter((line) => !old?.includes(line)).map((line) => `${file}: ${line}`);
  });
}

test("every guide says when, how, how to know, and how to undo", () => {
  const steps = guides.filter(({ file }) => !file.endsWith("/concepts.md"));
  expect(steps).toHaveLength(20);
  const lacking = steps.flatMap(({ file }) => {
    const text = readFileSync(join(root, file), "utf8");
    const headings = [...text.matchAll(/^## (.*)$/gm)].map(([, heading = ""]) => heading);
    const wanted = [/^When you need it$/, /^Steps/, /^How you know that it worked$/, /^How to undo it$/];
    return wanted
      .filter((heading) => !headings.some((one) => heading.test(one)))
      .map((heading) => `${file}: ${heading.source}`);
  });
  expect(lacking).toEqual([]);
});

describe("what needs no AWS", () => {
  jest.setTimeout(300_000);

  /** What a guide has to leave behind, beside ending well. */
  const leaves: Readonly<Record<string, (ended: Ended, folder: string) => void>> = {
    "docs/guides/quick-start.md": ({ output }) => {
      expect(output).toMatch(/^dev +333333333333 +eu-west-1 /m);
    },
    "docs/guides/add-an-environment.md": ({ output }) => {
      expect(output).toMatch(/^test +111111111111 +eu-north-1 /m);
      expect(output.match(/^test-\w+$/gm)).toHaveLength(10);
    },
    "docs/guides/add-a-client-company.md": ({ output }) => {
      expect(output).toMatch(/^dev-orchestration$/m);
      expect(output).toMatch(/^bootstrap-444444444444$/m);
      expect(output).not.toMatch(/^staging-/m);
    },
    "docs/guides/add-a-dataset.md": (_, folder) => {
      const text = readFileSync(join(folder, "cdktf.out", "stacks", "prod-catalog", "cdk.tf.json"), "utf8");
      const tables = JSON.parse(text).resource.aws_glue_catalog_table;
      const names = Object.values<{ name: string }>(tables).map(({ name }) => name);
      expect(names.filter((name) => name === "returns")).toHaveLength(1);
      const runs = join(folder, "build", "try", "runs");
      const [run = "", ...others] = readdirSync(runs);
      expect(others).toEqual([]);
      const results = JSON.parse(readFileSync(join(runs, run, "results.json"), "utf8"));
      expect(results.outcome).toBe("published");
      const [returns] = results.datasets.filter(({ name }: { name: string }) => name === "returns");
      expect(returns.dispositions).toMatchObject({ read: 100, inserted: 99, quarantined: 1 });
      expect(returns.reasons).toMatchObject([{ code: "order_id.type", rows: 1 }]);
    },
    "docs/guides/add-a-stream.md": (_, folder) => {
      const compiled = (ending: string) =>
        JSON.parse(readFileSync(join(folder, "build", "compiled", `reviews.${ending}`), "utf8"));
      expect(compiled("topic.json")).toMatchObject({ topic: "reviews", partitions: 3 });
      expect(compiled("schema.json").properties.stars.anyOf).toHaveLength(2);
      expect(compiled("json")).toMatchObject({ has_files: false, stream: { lateness_seconds: 86_400 } });
    },
    "docs/guides/add-a-stack.md": ({ output }, folder) => {
      expect(output).toMatch(/^dev-downloads$/m);
      expect(existsSync(join(folder, "cdktf.out", "stacks", "prod-downloads"))).toBe(false);
      const own = /(^|\/)downloads(\/|\.ts$)|^environments\//;
      expect(changedLines(root, folder, own)).toEqual([
        'config/sections/index.ts: export { downloadsSection as downloads } from "./downloads";',
        'stacks/capabilities.ts: export { downloads } from "./downloads/capability";',
      ]);
    },
    "docs/guides/add-a-compute-engine.md": ({ output }, folder) => {
      expect(output).toContain("pipelines: ['big_data_pipeline_sketch']\n");
      expect(changedLines(root, folder, /sketch\.py$|^environments\//)).toEqual([
        'base/compute-engines.ts: export const computeEngines = ["emr", "emr_serverless", "sketch"] as const;',
      ]);
    },
    "docs/guides/add-a-dag.md": (_, folder) => {
      for (const file of ["weekly_greeting.py", "after_publication.py"])
        expect(existsSync(join(folder, "build", "bundle", "dags", file))).toBe(true);
    },
    "docs/guides/upgrade.md": ({ output }) => {
      // Every place that the guide has somebody change, found by its own commands.
      for (const version of [
        /bundleSparkVersion = "\d/,
        /sparkVersions = \{/,
        /airflowVersions = \["\d/,
        /"emr-\d+\.\d+\.\d+": "\d/,
        /emr_release: "emr-\d/,
        /pyspark==\d/,
        /apache-airflow==\d/,
        /mwaa-\d.*constraints\.txt/,
        /providerVersion = "\d/,
        /provider-aws": "\d/,
      ])
        expect(output).toMatch(version);
    },
    "docs/guides/adopt-existing-resources.md": (_, folder) => {
      const file = join(folder, "cdktf.out", "stacks", "dev-lake", "adopt.tf.json");
      const [adopted] = JSON.parse(readFileSync(file, "utf8")).import;
      expect(adopted).toEqual({ to: "aws_s3_bucket.data", id: "big-data-dev-data-111111111111" });
    },
  };

  let base: Checkout;

  beforeAll(async () => {
    base = Checkout.ofRepository();
    expect(await base.run("./platform synth && rm -r cdktf.out")).toMatchObject({ code: 0 });
  });

  afterAll(() => base?.remove());

  test("is run, guide by guide", () => {
    expect(runnable.map(({ file }) => file).sort()).toEqual(Object.keys(leaves).sort());
  });

  test.each(runnable)("$file", async ({ file, blocks }) => {
    const checkout = base.copy();
    try {
      const ended = await checkout.run(blocks.map(({ text }) => text).join("\n"));
      expect(ended.code === 0 ? "" : ended.output).toBe("");
      leaves[file]?.(ended, checkout.folder);
    } finally {
      checkout.remove();
    }
  });
});
