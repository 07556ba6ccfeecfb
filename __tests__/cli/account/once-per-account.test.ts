import { CreateOpenIDConnectProviderCommand, CreateRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import { accountOf, checkOncePerAccount, refuseWhatExists } from "../../../cli/account/once-per-account";
import type { EnvironmentConfig } from "../../../config";
import { dev, prod } from "../../stacks/environments";
import { MotoServer } from "../../terraform/moto-server";
import { AwsDouble, Refusal } from "./aws-double";

/** The account of moto's credentials. */
const own = { account_id: "123456789012" };
const config: EnvironmentConfig = { ...prod, ...own };
const nothing = new Set<string>();
const monitor = "arn:aws:ce::123456789012:anomalymonitor/11111111-2222-3333-4444-555555555555";
const seen = (Status: string) => ({
  CostAllocationTags: ["cost_centre", "environment", "owner", "project", "stack"].map((TagKey) => ({
    TagKey,
    Type: "UserDefined",
    Status,
  })),
});
const unused = { GetAnomalyMonitors: { AnomalyMonitors: [] }, ListCostAllocationTags: seen("Inactive") };

describe("what AWS has once per account", () => {
  jest.setTimeout(60_000);

  const { env } = process;
  const double = new AwsDouble();
  let moto: MotoServer;
  let iam: IAMClient;
  let warnings: string[];

  beforeAll(async () => {
    moto = await MotoServer.start();
    const costs = await double.start();
    process.env = { ...env, ...moto.environment, AWS_ENDPOINT_URL_COST_EXPLORER: costs };
    iam = new IAMClient({ region: "eu-north-1" });
  });

  beforeEach(() => {
    double.answers = unused;
    warnings = [];
    jest.spyOn(console, "warn").mockImplementation((line) => warnings.push(line));
  });

  afterEach(() => jest.restoreAllMocks());

  afterAll(async () => {
    iam?.destroy();
    await moto?.stop();
    await double.stop();
    process.env = env;
  });

  const states = async (one: EnvironmentConfig, owned: ReadonlySet<string> | undefined) =>
    (await checkOncePerAccount(accountOf(one, [one], owned))).map(({ subject, state }) => [subject, state]);

  test("an unused account has nothing that bootstrap would not create", async () => {
    await expect(refuseWhatExists(accountOf(config, [config], nothing))).resolves.toBeUndefined();
    expect(await states(config, nothing)).toEqual([
      ["Spot's role", "ok"],
      ["GitHub's provider", "ok"],
      ["cost monitor", "ok"],
      ["tags on the bill", "warning"],
    ]);
    expect(warnings).toEqual([]);
  });

  test("what is switched off and not there is missing, with the setting that creates it", async () => {
    const ci = { repository: "org/repo", branch: "main", create_provider: false };
    const account = { ...config.account, spot_service_linked_role: false };
    const off = { ...config, ci, account };
    const found = await checkOncePerAccount(accountOf(off, [off], nothing));
    expect(found.slice(0, 2)).toMatchObject([
      { state: "missing", remedy: "write account.spot_service_linked_role = true, then bootstrap" },
      { state: "missing", remedy: "write ci.create_provider = true, then bootstrap" },
    ]);
  });

  describe("in an account that was used before", () => {
    beforeAll(async () => {
      // moto gives service-linked roles other names than AWS.
      const RoleName = "AWSServiceRoleForEC2Spot";
      await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: "{}" }));
      const Url = "https://token.actions.githubusercontent.com";
      await iam.send(new CreateOpenIDConnectProviderCommand({ Url, ClientIDList: ["sts.amazonaws.com"] }));
    });

    beforeEach(() => {
      const ofServices = { MonitorType: "DIMENSIONAL", MonitorDimension: "SERVICE", MonitorArn: monitor };
      const custom = { MonitorType: "CUSTOM", MonitorArn: "arn:other" };
      const AnomalyMonitors = [custom, ofServices].map((one) => ({ MonitorName: "monitor", ...one }));
      double.answers = { ...unused, GetAnomalyMonitors: { AnomalyMonitors } };
    });

    test("everything is refused at once, each with the setting to write and its value", async () => {
      const refused = await refuseWhatExists(accountOf(config, [config], nothing)).catch((error) => error);
      expect(refused.message.split("\n")).toEqual([
        "AWS would refuse what bootstrap creates; nothing was changed:",
        "  Spot's role: AWSServiceRoleForEC2Spot exists already, and bootstrap would create it",
        "    → write account.spot_service_linked_role = false",
        "  GitHub's provider: GitHub's identity provider exists already, and bootstrap would create it",
        "    → write ci.create_provider = false",
        `  cost monitor: ${monitor} exists already, and bootstrap would create it`,
        `    → write account.cost_anomaly.monitor_arn = "${monitor}"`,
      ]);
      expect(refused.remedy).toBe("change every file of account 123456789012, then run bootstrap again");
    });

    test("what the stack's own state holds is not refused, nor what the settings leave out", async () => {
      const all = [
        "aws_iam_service_linked_role",
        "aws_iam_openid_connect_provider",
        "aws_ce_anomaly_monitor",
      ];
      await expect(refuseWhatExists(accountOf(config, [config], new Set(all)))).resolves.toBeUndefined();
      const account = {
        ...config.account,
        spot_service_linked_role: false,
        cost_anomaly: { ...config.account.cost_anomaly, monitor_arn: monitor },
      };
      const ci = { repository: "org/repo", branch: "main", create_provider: false };
      const settled = { ...config, account, ci };
      await expect(refuseWhatExists(accountOf(settled, [settled], nothing))).resolves.toBeUndefined();
      expect((await states(settled, nothing)).map(([, state]) => state)).toEqual([
        "ok",
        "ok",
        "ok",
        "warning",
      ]);
    });

    test("where the state cannot be read it is unknown whose they are", async () => {
      expect((await states(config, undefined)).map(([, state]) => state)).toEqual([
        "unknown",
        "unknown",
        "unknown",
        "warning",
      ]);
    });

    test("a provider without the audience of AWS is wrong", async () => {
      const url = `${moto.url}/moto-api/reset`;
      await fetch(url, { method: "POST" });
      const Url = "https://token.actions.githubusercontent.com";
      await iam.send(new CreateOpenIDConnectProviderCommand({ Url, ClientIDList: ["elsewhere"] }));
      const ci = { repository: "org/repo", branch: "main", create_provider: false };
      const shared = { ...config, ci };
      const [, provider] = await checkOncePerAccount(accountOf(shared, [shared], nothing));
      expect(provider).toMatchObject({
        state: "wrong",
        detail: expect.stringContaining("sts.amazonaws.com"),
      });
    });
  });

  test("Cost Explorer that was never enabled is refused before AWS refuses it", async () => {
    const never = new Refusal("AccessDeniedException", "User not enabled for cost explorer access");
    double.answers = { GetAnomalyMonitors: never, ListCostAllocationTags: never };
    const refused = await refuseWhatExists(accountOf(config, [config], nothing)).catch((error) => error);
    expect(refused.message).toContain(
      "  cost monitor: Cost Explorer was never enabled, so that AWS takes no monitor\n    → open Cost Explorer once in the Billing console and wait a day, or write account.cost_anomaly.emails = []",
    );
  });

  describe("tags on the bill", () => {
    const activating = { ...config, account: { ...config.account, cost_allocation_tags: true } };
    const tags = async (one: EnvironmentConfig, owned: ReadonlySet<string> = nothing) =>
      (await checkOncePerAccount(accountOf(one, [one], owned)))[3];

    test("that Billing has not seen cannot be activated, and a budget counts nothing", async () => {
      double.answers = { ...unused, ListCostAllocationTags: { CostAllocationTags: [] } };
      expect(await tags(activating)).toMatchObject({
        state: "wrong",
        remedy: "write account.cost_allocation_tags = false until a day after the first apply",
      });
      expect(await tags(config)).toMatchObject({
        state: "warning",
        detail: expect.stringContaining("the budget counts nothing until then"),
        remedy: "a day after the first apply, write account.cost_allocation_tags = true, then bootstrap",
      });
      await expect(refuseWhatExists(accountOf(activating, [activating], nothing))).rejects.toThrow(
        "Billing has not seen cost_centre, environment, owner, project, stack",
      );
    });

    test("that are active divide it", async () => {
      expect(await tags(activating)).toMatchObject({ state: "ok", detail: "bootstrap activates them" });
      double.answers = { ...unused, ListCostAllocationTags: seen("Active") };
      expect(await tags(config)).toMatchObject({ state: "ok" });
    });

    test("of a member of an organization are activated by the account that pays", async () => {
      const linked = new Refusal(
        "AccessDeniedException",
        "Linked account doesn't have access to cost allocation tags.",
      );
      double.answers = { ...unused, ListCostAllocationTags: linked };
      expect(await tags(config)).toMatchObject({ state: "warning", detail: expect.stringContaining("pays") });
      expect(await tags(activating)).toMatchObject({
        state: "wrong",
        remedy: expect.stringContaining("write account.cost_allocation_tags = false"),
      });
    });
  });

  test("a read that is denied is a warning that names the permission, not a refusal", async () => {
    double.answers = {};
    const { AWS_ENDPOINT_URL: url } = process.env;
    process.env.AWS_ENDPOINT_URL_IAM = process.env.AWS_ENDPOINT_URL_COST_EXPLORER;
    try {
      await expect(refuseWhatExists(accountOf(config, [config], nothing))).resolves.toBeUndefined();
    } finally {
      delete process.env.AWS_ENDPOINT_URL_IAM;
    }
    expect(url).toBe(moto.url);
    const text = warnings.join("\n");
    for (const permission of ["iam:GetRole", "iam:GetOpenIDConnectProvider", "ce:GetAnomalyMonitors"])
      expect(text).toContain(`${permission} is denied\n  → allow ${permission}`);
  });

  test("with credentials of another account nothing is compared, and Terraform refuses them itself", async () => {
    double.asked.length = 0;
    await expect(refuseWhatExists(accountOf(dev, [dev], nothing))).resolves.toBeUndefined();
    expect(warnings.join()).toContain("the environment's account_id is 111111111111");
    expect(double.asked).toEqual([]);
  });
});
