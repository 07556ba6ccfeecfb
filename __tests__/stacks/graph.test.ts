import { dev, prod } from "./environments";
import { type Block, manifestOf, pick, stacksOf } from "./synthesis";

const order = [
  "network",
  "access",
  "lake",
  "catalog",
  "processing",
  "metadata",
  "people",
  "events",
  "orchestration",
  "observability",
];
const stacks = stacksOf([dev, prod]);
const manifest: { stacks: Record<string, Block> } = manifestOf([dev, prod]);
const environments = ["dev", "prod"] as const;

/** What a stack reads: pairs of the stack it reads from and the output. */
function readsOf(stack: string): string[][] {
  const text = JSON.stringify(pick(stacks, stack));
  const found = text.matchAll(/data\.terraform_remote_state\.(\w+)\.outputs\.(\w+)/g);
  return [...new Map([...found].map((match) => [match[0], match.slice(1)])).values()];
}

/** What the processing stack reads: the network only where there is an application to place in it. */
const processingReads = { dev: ["catalog", "lake", "network"], prod: ["catalog", "lake"] };

/** Where there is an application, people see its job runs. */
const applicationReads = { dev: ["processing"], prod: [] };

/** Where events are on, their stack reads the lake's, and Airflow's reads theirs. */
const eventReads = { dev: 2, prod: 0 };

/** What is watched: of EMR's clusters no id is known, of the application it is. */
const observabilityReads = {
  dev: ["access", "events", "metadata", "network", "orchestration", "processing"],
  prod: ["access", "metadata", "network", "orchestration"],
};

test.each(environments)("the stacks of %s depend on earlier ones only", (environment) => {
  const dependencies = order.map((stack) => manifest.stacks[`${environment}-${stack}`].dependencies.sort());
  const of = (...names: string[]) => names.map((name) => `${environment}-${name}`);
  expect(dependencies).toEqual([
    [],
    of("network"),
    of("network"),
    of("lake"),
    of(...processingReads[environment]),
    of("network"),
    of("catalog", "lake", ...applicationReads[environment]),
    of("lake"),
    of("events", "lake", "metadata", "network", "processing"),
    of(...observabilityReads[environment]),
  ]);
});

test("bootstrap depends on nothing", () => {
  expect(manifest.stacks["bootstrap-111111111111"].dependencies).toEqual([]);
});

test.each(environments)(
  "whatever a stack of %s reads is published by a stack it depends on",
  (environment) => {
    const reads = order.flatMap((reader) =>
      readsOf(`${environment}-${reader}`).map((read) => [reader, ...read]),
    );
    expect(reads.length).toBeGreaterThan(9);
    for (const [reader, upstream, output] of reads) {
      const published = pick(stacks, `${environment}-${upstream}`).output ?? {};
      expect({ reader, upstream, outputs: Object.keys(published) }).toMatchObject({
        outputs: expect.arrayContaining([output]),
      });
      expect(manifest.stacks[`${environment}-${reader}`].dependencies).toContain(
        `${environment}-${upstream}`,
      );
    }
  },
);

test.each(environments)("the stacks of %s read each other where they keep their states", (environment) => {
  const readers = order.map((stack) => pick(stacks, `${environment}-${stack}`));
  const remotes = readers.flatMap((json) => Object.entries(json.data?.terraform_remote_state ?? {}));
  expect(remotes).toHaveLength(
    9 +
      processingReads[environment].length +
      applicationReads[environment].length +
      observabilityReads[environment].length +
      eventReads[environment],
  );
  for (const [upstream, remote] of remotes) {
    const { bucket, key, region } = pick(stacks, `${environment}-${upstream}`).terraform.backend.s3;
    expect(remote).toEqual({ backend: "s3", config: { bucket, key, region } });
  }
});

test("no value passes from stack to stack but by these outputs, and none is hidden", () => {
  for (const json of stacks.values()) {
    expect(Object.keys(json.output ?? {}).filter((name) => name.startsWith("cross-stack"))).toEqual([]);
    expect(Object.values(json.output ?? {}).filter((output) => output.sensitive)).toEqual([]);
  }
});
