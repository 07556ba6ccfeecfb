import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { hostname, userInfo } from "node:os";
import { join } from "node:path";
import { startPlatform } from "../cli/platform-process";
import { all, results, stateBucketOf, TerraformScene } from "./scene";

const account = "222222222222";
const key = "big-data-prod";

/**
 * `prod` as far as its life goes by these commands: nothing ends it. By the real Terraform through the real command
 * line. The tests follow each other: each starts from what the one before left.
 */
describe("the life of production", () => {
  jest.setTimeout(300_000);

  let scene: TerraformScene;

  beforeAll(async () => {
    scene = await TerraformScene.start();
  });

  afterAll(() => scene?.stop());

  /** The committed environments, with something else in production's. */
  const environmentsWith = (folder: string, from: RegExp, to: string): string => {
    const directory = join(scene.home, folder);
    cpSync(join(__dirname, "..", "..", "environments"), directory, { recursive: true });
    const file = join(directory, "prod.tfvars");
    const before = readFileSync(file, "utf8");
    writeFileSync(file, before.replace(from, to));
    expect(readFileSync(file, "utf8")).not.toBe(before);
    return directory;
  };

  test("its account is bootstrapped, and ACM gets the certificate of the VPN's server", async () => {
    await scene.makeBucket(stateBucketOf(account));
    const folder = join(scene.home, "certificates");
    for (const command of [
      "bootstrap --env prod --yes",
      `certificates create --env prod --folder ${folder}`,
      `certificates import --env prod --folder ${folder}`,
    ]) {
      expect(await scene.platform(command)).toMatchObject({ code: 0 });
    }
  });

  test("it is applied in one go, with the jobs and DAGs published before Airflow", async () => {
    await scene.makeBucket(`big-data-prod-artifacts-${account}`);
    const applied = await scene.platform("apply --env prod --yes");
    expect(applied).toMatchObject({ code: 0 });
    const published = { "packages of Airflow": "published", "jobs and DAGs": "published" };
    const others = { certificates: "found", ...published };
    expect(results(applied)).toEqual({ ...others, ...all("prod", "applied") });
  });

  test("it is not destroyed by whoever has the environment's key: what keeps data has its own", async () => {
    const refused = await scene.platform(`destroy --env prod --yes --including-data ${key}`);
    expect(refused.code).toBe(1);
    expect(refused.output).toContain("prod keeps data by its own settings; nothing was touched:\n");
    expect(refused.output).toContain("prod-lake: aws_s3_bucket.data (lake.force_destroy = true)");
    expect(refused.output).toContain(
      "prod-metadata: aws_db_instance.store (metadata.deletion_protection = false)",
    );
  });

  test.each([
    ["buckets", /lake = \{/, "lake = {\n  force_destroy = true", "lake.force_destroy = true"],
    [
      "database",
      /metadata = \{/,
      "metadata = {\n  deletion_protection = false",
      "metadata.deletion_protection = false",
    ],
  ])(
    "nor by whoever turns the setting of the %s: the configuration refuses it",
    async (kind, from, to, shown) => {
      const environments = environmentsWith(`open-${kind}`, from, to);
      const refused = await scene.platform(
        `--environments ${environments} destroy --env prod --yes --including-data ${key}`,
      );
      expect(refused.code).toBe(1);
      expect(refused.output).toContain(shown);
      expect(refused.output).not.toContain("Terraform ");
    },
  );

  test("a second plan shows no changes, after all that was refused", async () => {
    const planned = await scene.platform("plan --env prod --detailed-exitcode");
    expect(planned).toMatchObject({ code: 0 });
    expect(results(planned)).toEqual(all("prod", "unchanged"));
  });

  test("of two applies at once the second is refused by the lock, which says who has it; the first is not disturbed", async () => {
    const change = environmentsWith(
      "changed",
      /network = \{/,
      "network = {\n  flow_logs = { retention_days = 731 }",
    );
    const other = await scene.machine("another-machine");
    const first = startPlatform(["--environments", change, "apply", "--env", "prod", "--yes"], {
      ...scene.environment,
      STAND_IN_APPLY_DELAY: "15s",
    });
    await first.says(/prod-network │ .*Modifying\.\.\./);
    const second = await scene.platform("apply --env prod --yes --lock-timeout 0s", other);
    expect(second.code).toBe(1);
    const holder = `${userInfo().username}@${hostname()}`;
    expect(second.output).toContain(
      `✗ prod-network: the state is locked by ${holder}\n  → wait for that run;`,
    );
    expect(second.output).toMatch(/terraform -chdir=\S+prod-network force-unlock [0-9a-f-]{36}\n/);
    expect(results(second)).toMatchObject({ "prod-network": "failed", "prod-access": "not reached" });
    const applied = await first.ended;
    expect(applied).toMatchObject({ code: 0 });
    expect(results(applied)).toMatchObject({
      ...all("prod", "unchanged"),
      "prod-network": "applied",
    });
  });
});
