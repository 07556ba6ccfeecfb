import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { all, results, stateBucketOf, TerraformScene } from "./scene";

const account = "111111111111";
const key = "big-data-dev";

/**
 * The life of the environment that has every capability there is, by the real Terraform through the real command line.
 * The tests follow each other: each starts from what the one before left.
 */
describe("an environment with every capability", () => {
  jest.setTimeout(600_000);

  let scene: TerraformScene;
  let folder: string;

  /** The example under the project that the other tests' buckets are named by. */
  const example = (directory: string): string => {
    mkdirSync(directory);
    const source = join(__dirname, "..", "..", "examples", "everything", "dev.tfvars");
    const text = readFileSync(source, "utf8").replace('"everything"', '"big-data"');
    writeFileSync(join(directory, "dev.tfvars"), text);
    return directory;
  };

  /** The same result for each of its stacks. */
  const every = (word: string) => ({ ...all("dev", word), "dev-streaming": word });

  const platform = (command: string) => scene.platform(`--environments ${folder} ${command}`);

  beforeAll(async () => {
    folder = example(join(mkdtempSync(join(tmpdir(), "everything-")), "environments"));
    scene = await TerraformScene.start(folder);
  });

  afterAll(async () => {
    await scene?.stop();
    rmSync(join(folder, ".."), { recursive: true });
  });

  test("is applied in one go, the cluster before the alarms on it", async () => {
    await scene.makeBucket(stateBucketOf(account));
    await scene.makeBucket(`big-data-dev-artifacts-${account}`);
    const certificates = join(scene.home, "certificates");
    for (const command of [
      "bootstrap --env dev --yes",
      `certificates create --env dev --folder ${certificates}`,
      `certificates import --env dev --folder ${certificates}`,
    ]) {
      expect(await platform(command)).toMatchObject({ code: 0 });
    }
    const applied = await platform("apply --env dev --yes");
    expect(applied).toMatchObject({ code: 0 });
    expect(results(applied)).toMatchObject(every("applied"));
    const order = Object.keys(results(applied));
    expect(order.indexOf("dev-streaming")).toBeLessThan(order.indexOf("dev-observability"));
    expect(scene.existing()).toMatchObject({
      aws_msk_cluster: 1,
      aws_msk_configuration: 1,
      aws_appautoscaling_policy: 1,
    });
  });

  test("shows no changes in a second plan", async () => {
    const planned = await platform("plan --env dev --detailed-exitcode");
    expect(planned).toMatchObject({ code: 0 });
    expect(results(planned)).toEqual(every("unchanged"));
  });

  test("keeps its cluster when a setting would replace it", async () => {
    const file = join(folder, "dev.tfvars");
    const before = readFileSync(file, "utf8");
    const fewer = '  subnets = ["a", "b"]\n  brokers_per_zone = 2';
    writeFileSync(file, before.replace(/^ {2}subnets +=.*$/m, fewer));
    expect(readFileSync(file, "utf8")).not.toBe(before);
    const refused = await platform("apply --env dev --yes");
    writeFileSync(file, before);
    expect(refused.code).toBe(1);
    expect(results(refused)).toMatchObject({ "dev-streaming": "failed" });
    expect(refused.output).toContain("lifecycle.prevent_destroy set");
    expect(scene.existing()).toMatchObject({ aws_msk_cluster: 1 });
  });

  test("is destroyed, with the records in Kafka, by whoever gives both keys", async () => {
    const destroyed = await platform(`destroy --env dev --yes --including-data ${key}`);
    expect(destroyed).toMatchObject({ code: 0 });
    expect(results(destroyed)).toMatchObject(every("destroyed"));
    expect(scene.existing().aws_msk_cluster).toBeUndefined();
  });
});
