import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CreateRoleCommand, DeleteRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import { AwsDouble } from "../cli/account/aws-double";
import type { Ended } from "../cli/platform-process";
import { pointAtLoopback } from "./loopback";
import { results, stateBucketOf, TerraformScene } from "./scene";

/** The account of moto's credentials, so that what bootstrap compares is this account's. */
const account = "123456789012";

/** What `bootstrap` does in an account that others have used before. The tests follow each other. */
describe("bootstrap of an account that was used before", () => {
  jest.setTimeout(300_000);

  const costs = new AwsDouble();
  const answers = {
    GetAnomalyMonitors: { AnomalyMonitors: [] },
    ListCostAllocationTags: { CostAllocationTags: [] },
  };
  const RoleName = "AWSServiceRoleForEC2Spot";
  let scene: TerraformScene;
  let iam: IAMClient;
  let environments: string;
  let extra: Record<string, string>;

  beforeAll(async () => {
    scene = await TerraformScene.start();
    environments = join(scene.home, "environments");
    cpSync(join(__dirname, "..", "..", "environments"), environments, { recursive: true });
    for (const name of readdirSync(environments)) {
      const file = join(environments, name);
      writeFileSync(file, readFileSync(file, "utf8").replaceAll("111111111111", account));
    }
    const url = await costs.start();
    costs.answers = answers;
    extra = { CDKTF_OUTDIR: join(scene.home, "used.out"), AWS_ENDPOINT_URL_COST_EXPLORER: url };
    expect(await platform("synth")).toMatchObject({ code: 0 });
    const { AWS_ENDPOINT_URL: moto = "" } = scene.environment;
    pointAtLoopback(extra.CDKTF_OUTDIR ?? "", moto);
    const credentials = { accessKeyId: "test", secretAccessKey: "test" };
    iam = new IAMClient({ endpoint: moto, region: "eu-north-1", credentials });
    await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: "{}" }));
  });

  afterAll(async () => {
    iam?.destroy();
    await costs.stop();
    await scene?.stop();
  });

  const platform = (command: string): Promise<Ended> =>
    scene.platform(`--environments ${environments} ${command}`, extra);
  const bootstrap = (): Promise<Ended> => platform("bootstrap --env dev --yes");

  test("stops before the plan, and changes nothing", async () => {
    const refused = await bootstrap();
    expect(refused.code).toBe(1);
    expect(results(refused)).toEqual({ [`bootstrap-${account}`]: "failed" });
    expect(refused.output).toContain(
      "  Spot's role: AWSServiceRoleForEC2Spot exists already, and bootstrap would create it\n    → write account.spot_service_linked_role = false\n",
    );
    expect(existsSync(join(scene.home, "world"))).toBe(false);
    expect(existsSync(join(scene.home, `bootstrap-${account}.tfstate`))).toBe(false);
  });

  test("creates what is not there, and takes what is in its own state for its own", async () => {
    await iam.send(new DeleteRoleCommand({ RoleName }));
    await scene.makeBucket(stateBucketOf(account));
    expect(await bootstrap()).toMatchObject({ code: 0 });
    // The provider of the tests applies without AWS: this is the role that it would have made there.
    await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: "{}" }));
    const again = await bootstrap();
    expect(again).toMatchObject({ code: 0 });
    expect(results(again)).toEqual({ [`bootstrap-${account}`]: "unchanged" });
  });

  test("goes on where it may not look, and says which permission it lacks", async () => {
    costs.answers = {};
    const unread = await bootstrap();
    expect(unread.code).toBe(0);
    expect(unread.output).toContain("not checked cost monitor: ce:GetAnomalyMonitors is denied");
  });

  test("imports what it has forgotten itself, and does not take it for somebody else's", async () => {
    costs.answers = answers;
    const off = join(scene.home, "off");
    cpSync(environments, off, { recursive: true });
    for (const name of readdirSync(off)) {
      const text = readFileSync(join(off, name), "utf8");
      const changed = text.replace(/^account = \{\n/m, "$&  spot_service_linked_role = false\n");
      writeFileSync(join(off, name), changed);
    }
    const forgot = await scene.platform(`--environments ${off} bootstrap --env dev --yes`, extra);
    expect(forgot).toMatchObject({ code: 0, output: expect.stringContaining("1 forgotten") });
    const again = await bootstrap();
    expect(again).toMatchObject({ code: 0 });
    expect(again.output).toContain("imports what was forgotten: aws_iam_service_linked_role.spot");
    expect(results(await bootstrap())).toEqual({ [`bootstrap-${account}`]: "unchanged" });
  });
});
