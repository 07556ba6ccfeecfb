import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ConfigurationError, loadEnvironments, type Problem, type Topic } from "../../config";
import { minimalSource } from "./minimal";

const topic = (partitions: number, retention_hours = 168): Topic => ({
  topic: "orders",
  partitions,
  retention_hours,
});

/** A third private subnet, for a cluster in three zones. */
const network = `network = {
  nat_gateways = "single"
  private_subnets = {
    a = { cidr = "10.100.3.0/24", zone = "a" }
    b = { cidr = "10.100.4.0/24", zone = "b" }
    c = { cidr = "10.100.7.0/24", zone = "c" }
  }
}
`;

const three = 'subnets = ["a", "b", "c"]';

interface Outcome {
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
  readonly asked: number;
}

/** What is found in an environment with a cluster, or without one where `inside` is undefined. */
async function checked(
  inside: string | undefined,
  topics: readonly Topic[],
  { name = "dev", region = "eu-north-1" } = {},
): Promise<Outcome> {
  const directory = mkdtempSync(join(tmpdir(), "streams-"));
  const source = minimalSource(name).replace(/^region *= .*$/m, `region = "${region}"`);
  const cluster = inside === undefined ? "" : `streaming = { ${inside} }\n`;
  writeFileSync(join(directory, `${name}.tfvars`), source + network + cluster);
  const warnings: Problem[] = [];
  let asked = 0;
  const read = () => {
    asked += 1;
    return topics;
  };
  try {
    await loadEnvironments(directory, undefined, (found) => warnings.push(...found), read);
    return { problems: [], warnings, asked };
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return { problems: error.problems, warnings, asked };
  } finally {
    rmSync(directory, { recursive: true });
  }
}

const said = (problems: readonly Problem[]) =>
  problems.map(({ path, message, allowed }) => ({ path, message, allowed }));

test("contracts are read only where an environment has a cluster", async () => {
  expect(await checked(undefined, [topic(1)])).toEqual({ problems: [], warnings: [], asked: 0 });
  expect(await checked(three, [topic(1)])).toEqual({ problems: [], warnings: [], asked: 1 });
});

test("brokers that are too small for the partitions of the contracts are refused", async () => {
  const small = `${three}, instance_type = "kafka.t3.small"`;
  expect((await checked(small, [topic(200), topic(50)])).problems).toEqual([]);
  expect(said((await checked(small, [topic(200), topic(51)])).problems)).toEqual([
    {
      path: "streaming.instance_type",
      message: "holds 300 partitions, and 301 partitions in 3 copies are 301 for each of 3 brokers",
      allowed: "use a larger size, or brokers_per_zone = 2",
    },
  ]);
  expect((await checked(`${small}, brokers_per_zone = 2`, [topic(200), topic(51)])).problems).toEqual([]);
});

/** 1,000 records of 1,000 bytes a second in a week are 563.26 GiB, in three copies as much for each of three brokers. */
test.each([
  ["storage_gb = 662", "streaming.storage_gb"],
  ["storage_gb = 100, maximum_storage_gb = 662", "streaming.maximum_storage_gb"],
])("disks that the retention overflows are refused: %s", async (disk, path) => {
  const expected = "expected = { records_per_second = 1000 }";
  const { problems } = await checked(`${three}, ${disk}, ${expected}`, [topic(3), topic(3, 24)]);
  expect(said(problems)).toEqual([
    {
      path,
      message:
        "is too little: 1000 records of 1000 bytes a second for 168 hours in 3 copies are 564 GiB for each broker, and a disk is filled to 85 %",
      allowed: "use 664 or more, or more brokers by brokers_per_zone",
    },
  ]);
  const enough = disk.replace("662", "664");
  expect((await checked(`${three}, ${enough}, ${expected}`, [topic(3)])).problems).toEqual([]);
});

test("a cluster that is too weak for production is warned of there, and nowhere else", async () => {
  const weak =
    'subnets = ["a", "b"], instance_type = "kafka.t3.small", replication_factor = 2, min_insync_replicas = 1';
  expect((await checked(weak, [topic(3)])).warnings).toEqual([]);
  const { problems, warnings } = await checked(weak, [topic(3)], { name: "prod" });
  expect(problems).toEqual([]);
  expect(said(warnings)).toEqual([
    {
      path: "streaming.instance_type",
      message: "is a size for development: its CPU is throttled once its credits are used up",
      allowed: "use kafka.m7g.large or larger",
    },
    {
      path: "streaming.min_insync_replicas",
      message: "lets one broker alone acknowledge a record, which is lost with its disk",
      allowed: "use 2 with three brokers",
    },
  ]);
});

test("two subnets in one zone are refused", async () => {
  const directory = mkdtempSync(join(tmpdir(), "streams-"));
  const same = network.replace('"10.100.7.0/24", zone = "c"', '"10.100.7.0/24", zone = "b"');
  writeFileSync(join(directory, "dev.tfvars"), `${minimalSource("dev")}${same}streaming = { ${three} }\n`);
  await expect(loadEnvironments(directory)).rejects.toMatchObject({
    problems: [
      {
        path: "streaming.subnets[2]",
        message: "lies in zone b, as b does",
        allowed: "use a private subnet in another zone",
      },
    ],
  });
  rmSync(directory, { recursive: true });
});

test("regions with rules of their own are known", async () => {
  const { problems } = await checked(three, [topic(3)], { region: "us-west-1" });
  expect(said(problems).filter(({ path }) => path === "streaming.subnets")).toEqual([
    { path: "streaming.subnets", message: "are 3, and MSK takes two in us-west-1", allowed: "name two" },
  ]);
  const grows = await checked(`${three}, maximum_storage_gb = 500`, [topic(3)], { region: "af-south-1" });
  expect(said(grows.problems).filter(({ path }) => path.startsWith("streaming"))).toEqual([
    {
      path: "streaming.maximum_storage_gb",
      message: "does nothing in af-south-1, where disks do not grow by themselves",
      allowed: "leave it out",
    },
  ]);
});

test("a cluster has no more brokers than AWS takes", async () => {
  const { problems } = await checked(`${three}, brokers_per_zone = 21`, [topic(3)]);
  expect(said(problems)).toEqual([
    {
      path: "streaming.brokers_per_zone",
      message: "makes 63 brokers in 3 zones, and a cluster with KRaft has at most 60",
      allowed: "use 20 or less, or larger brokers",
    },
  ]);
});

test("disks grow before somebody is notified", async () => {
  const alarm = "}\nobservability = { thresholds = { kafka_disk_percent = 60 } ";
  const { problems } = await checked(`${three}, maximum_storage_gb = 500 ${alarm}`, [topic(3)]);
  expect(said(problems)).toEqual([
    {
      path: "observability.thresholds.kafka_disk_percent",
      message: "is not above streaming.storage_target_percent 60, from which on disks grow",
      allowed: "use 61 or more",
    },
  ]);
  expect((await checked(`${three} ${alarm}`, [topic(3)])).problems).toEqual([]);
});

test("a cluster for no topic is refused", async () => {
  expect(said((await checked(three, [])).problems)).toEqual([
    {
      path: "streaming",
      message: "is a cluster for no topic: no contract names a Kafka server",
      allowed: "leave it out, or add a server of type kafka to a contract",
    },
  ]);
});

test("in a VPC that is there the subnets are its own", async () => {
  const directory = mkdtempSync(join(tmpdir(), "streams-"));
  const subnet = (id: string, zone: string) => `{ id = "subnet-${id}", zone = "${zone}" }`;
  const tier = `{ north = ${subnet("0a0a0a0a", "a")}, south = ${subnet("0b0b0b0b", "b")} }`;
  const existing = `network = {
  vpc_cidr = "10.200.0.0/16"
  existing = {
    vpc_id           = "vpc-0123456789abcdef0"
    private_subnets  = ${tier}
    database_subnets = { a = ${subnet("0c0c0c0c", "a")}, b = ${subnet("0d0d0d0d", "b")} }
  }
}
`;
  const write = (subnets: string) =>
    writeFileSync(
      join(directory, "dev.tfvars"),
      `${minimalSource("dev")}${existing}streaming = { subnets = ${subnets}, brokers_per_zone = 2 }\n`,
    );
  write('["north", "south"]');
  await expect(loadEnvironments(directory)).resolves.toHaveLength(1);
  write('["north", "b"]');
  await expect(loadEnvironments(directory)).rejects.toMatchObject({
    problems: [{ path: "streaming.subnets[1]", allowed: "use some of north, south" }],
  });
  rmSync(directory, { recursive: true });
});

test("a subnet has an address for each of its brokers", async () => {
  const directory = mkdtempSync(join(tmpdir(), "streams-"));
  const narrow = network.replace("10.100.7.0/24", "10.100.7.0/27");
  const write = (brokers: number) =>
    writeFileSync(
      join(directory, "dev.tfvars"),
      `${minimalSource("dev")}${narrow}streaming = { ${three}, brokers_per_zone = ${brokers} }\n`,
    );
  write(1);
  await expect(loadEnvironments(directory)).resolves.toHaveLength(1);
  write(12);
  await expect(loadEnvironments(directory)).rejects.toMatchObject({
    problems: [
      {
        path: "network.private_subnets.c.cidr",
        message: expect.stringMatching(/^has 27 addresses for \d+ nodes, 12 brokers of Kafka, /),
        allowed: expect.stringMatching(/^use a \/2[0-6] or bigger/),
      },
    ],
  });
  rmSync(directory, { recursive: true });
});
