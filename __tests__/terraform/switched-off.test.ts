import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stateBucketOf, TerraformScene } from "./scene";

const account = "111111111111";
const bootstrap = `bootstrap-${account}`;

/** What the account's stack makes once per account, or holds records in. */
const protectedOnes = [
  "aws_ce_anomaly_monitor",
  "aws_iam_openid_connect_provider",
  "aws_iam_service_linked_role",
  "aws_kms_alias",
  "aws_kms_key",
  "aws_s3_bucket",
  "aws_s3_bucket_policy",
  "aws_s3_bucket_public_access_block",
] as const;

/**
 * Features that are switched off, on and off again, by the real Terraform through the real command line. The tests
 * follow each other: each starts from what the one before left.
 */
describe("a feature that is switched off", () => {
  jest.setTimeout(300_000);

  let scene: TerraformScene;
  let off: string;
  let made: Record<string, number>;

  const addresses = async (stack: string): Promise<string[]> => {
    const { resources } = await scene.stored(account, stack);
    return (resources as { mode: string; type: string; name: string }[])
      .filter(({ mode }) => mode === "managed")
      .map(({ type, name }) => `${type}.${name}`);
  };
  const inWorld = (): Record<string, number | undefined> => {
    const existing = scene.existing();
    return Object.fromEntries(protectedOnes.map((type) => [type, existing[type]]));
  };
  /** The committed environments with everything of the account off. */
  const switchedOff = (): string => {
    const directory = join(scene.home, "off");
    cpSync(join(__dirname, "..", "..", "environments"), directory, { recursive: true });
    for (const name of readdirSync(directory)) {
      const file = join(directory, name);
      const text = readFileSync(file, "utf8")
        .replace(
          /^account = \{\n(?:.*\n)*?\}\n/m,
          "account = { spot_service_linked_role = false, trail = { enabled = false } }\n",
        )
        .replace(/^ci = \{\n/m, "ci = {\n  create_provider = false\n")
        .replace(/^events = \{\n(?:.*\n)*?\}\n/m, "");
      writeFileSync(file, text);
    }
    return directory;
  };

  beforeAll(async () => {
    scene = await TerraformScene.start();
    await scene.makeBucket(stateBucketOf(account));
    expect(await scene.platform("bootstrap --env dev --yes")).toMatchObject({ code: 0 });
    made = scene.existing();
    off = switchedOff();
  });

  afterAll(() => scene?.stop());

  test("is forgotten by Terraform, and stays in AWS", async () => {
    const before = inWorld();
    expect(Object.values(before)).toEqual([1, 1, 1, 1, 1, 2, 2, 2]);
    const planned = await scene.platform(`--environments ${off} bootstrap --env dev --yes`);
    expect(planned).toMatchObject({ code: 0 });
    expect(planned.output).toContain("aws_kms_key.trail_key");
    expect(planned.output).toContain("will no longer be managed by Terraform");
    expect(inWorld()).toEqual(before);
    expect(scene.existing().aws_cloudtrail).toBeUndefined();
    const left = await addresses("account/bootstrap");
    expect(left).toContain("aws_s3_bucket.state");
    expect(left.filter((address) => /trail|spot|cost_anomalies$|openid/.test(address))).toEqual([]);
  });

  test("is imported when it is switched on again, and made only once", async () => {
    const again = await scene.platform("bootstrap --env dev --yes");
    expect(again).toMatchObject({ code: 0 });
    expect(again.output).toContain(`${bootstrap} │ imports what was forgotten: `);
    expect(again.output).toMatch(/\d+ imported/);
    expect(scene.existing()).toEqual(made);
    expect(await addresses("account/bootstrap")).toEqual(
      expect.arrayContaining([
        "aws_ce_anomaly_monitor.cost_anomalies",
        "aws_iam_openid_connect_provider.ci",
        "aws_iam_service_linked_role.spot",
        "aws_kms_key.trail_key",
        "aws_s3_bucket.trail_records",
      ]),
    );
    expect(scene.overridesOfOurs()).toEqual([]);
    expect((await scene.platform("bootstrap --env dev --yes")).output).toContain("unchanged");
  });

  test("is created when somebody deleted it in between", async () => {
    expect((await scene.platform(`--environments ${off} bootstrap --env dev --yes`)).code).toBe(0);
    rmSync(join(scene.home, "world", "aws_iam_service_linked_role"), { recursive: true });
    const again = await scene.platform("bootstrap --env dev --yes");
    expect(again).toMatchObject({ code: 0 });
    expect(again.output).toContain("aws_iam_service_linked_role.spot was deleted by somebody; it is created");
    expect(scene.existing()).toEqual(made);
  });

  test.each([
    [
      "replaced",
      { aws_s3_bucket: { trail_records: { bucket: "another", lifecycle: { prevent_destroy: false } } } },
    ],
    ["destroyed", { aws_iam_service_linked_role: { spot: { count: 0 } } }],
  ])("is refused when it would be %s, whatever says so", async (fate, resource) => {
    const override = join(scene.home, "cdktf.out", "stacks", bootstrap, "mine_override.tf.json");
    writeFileSync(override, JSON.stringify({ resource }));
    const refused = await scene.platform("bootstrap --env dev --yes");
    rmSync(override);
    expect(refused.code).toBe(1);
    expect(refused.output).toContain(
      `✗ ${bootstrap}: the plan destroys what cannot be made again; nothing was applied:\n`,
    );
    const [[type = "", named = {}] = []] = Object.entries(resource);
    expect(refused.output).toMatch(
      new RegExp(`\n  ${type}\\.${Object.keys(named)[0]}\\S* would be ${fate}\n`),
    );
    expect(scene.existing()).toEqual(made);
  });
});
