import type { EnvironmentConfig } from "../../../config";
import { isProtectedType, retainedAmong } from "../../../stacks/core/protected";
import retained from "../../../stacks/core/retained.json";
import { dev, prod, variant } from "../environments";
import { addressesOf } from "../frozen";
import { layout } from "../layouts/layouts";
import { pick, type StackJson, stacksOf } from "../synthesis";

const known: Readonly<Record<string, readonly string[]>> = retained;

/** The settings that switch a feature with protected resources off, one at a time. */
const switchedOff: readonly [string, EnvironmentConfig][] = [
  [
    "account.trail",
    variant({ account: { ...dev.account, trail: { ...dev.account.trail, enabled: false } } }),
  ],
  [
    "account.spot_service_linked_role",
    variant({ account: { ...dev.account, spot_service_linked_role: false } }),
  ],
  [
    "account.cost_anomaly.emails",
    variant({ account: { ...dev.account, cost_anomaly: { emails: [], threshold_usd: 100 } } }),
  ],
  [
    "account.cost_anomaly.monitor_arn",
    variant({
      account: {
        ...dev.account,
        cost_anomaly: {
          ...dev.account.cost_anomaly,
          monitor_arn: "arn:aws:ce::111111111111:anomalymonitor/1",
        },
      },
    }),
  ],
  ["ci.create_provider", variant({ ci: { repository: "o/r", branch: "main", create_provider: false } })],
  ["ci", (({ ci: _, ...rest }) => rest)(dev)],
  ["events", variant({ events: { enabled: false, quiet_minutes: 5 } })],
  ["processing.compute", variant({ processing: { ...dev.processing, compute: "emr" } })],
];

const stackOf = (id: string): string => id.replace(/^(bootstrap)-\d+$|^[a-z]+-/, "$1");

const removedIn = (json: StackJson): string[] =>
  (json.removed ?? []).map(({ from, lifecycle }: { from: string; lifecycle: object }) => {
    expect(lifecycle).toEqual({ destroy: false });
    return from;
  });

describe("retained.json", () => {
  test("lists every protected resource of the widest environments, and its settings", async () => {
    const configs = [
      dev,
      prod,
      ...(await Promise.all((["closed", "existing", "older"] as const).map(layout))),
    ];
    const found = new Map<string, Set<string>>();
    for (const config of configs)
      for (const [id, json] of stacksOf([config])) {
        const addresses = found.get(stackOf(id)) ?? new Set();
        for (const address of retainedAmong(addressesOf(json))) addresses.add(address);
        found.set(stackOf(id), addresses);
      }
    const current = [...found]
      .filter(([, addresses]) => addresses.size > 0)
      .map(([id, all]) => [id, [...all].sort()]);
    expect(known).toEqual(Object.fromEntries(current));
  });
});

test("an environment with every feature on removes nothing but what a release before has left", () => {
  const stacks = stacksOf([dev]);
  expect(stacks.size).toBeGreaterThan(10);
  expect([...stacks].flatMap(([id, json]) => removedIn(json).map((from) => [id, from]))).toEqual([
    ["dev-orchestration", "aws_s3_object.airflow_requirements"],
  ]);
});

describe.each(switchedOff)("%s switched off", (setting, config) => {
  test("makes Terraform forget its protected resources, and destroys none", () => {
    const [before, after] = [stacksOf([dev]), stacksOf([config])];
    let forgotten = 0;
    for (const [id, json] of after) {
      const left = retainedAmong(addressesOf(pick(before, id))).filter(
        (address) => !addressesOf(json).includes(address),
      );
      const released = ["aws_s3_object.airflow_requirements"];
      expect(removedIn(json).filter((from) => !released.includes(from))).toEqual(left);
      forgotten += left.length;
    }
    expect([setting, forgotten > 0]).toEqual([setting, true]);
  });
});

test("settings go with their bucket or key, and not without it", () => {
  const addresses = [
    "aws_kms_alias.a",
    "aws_kms_key.a",
    "aws_kms_alias.b",
    "aws_s3_bucket_policy.c",
    "aws_route.d",
  ];
  expect(retainedAmong(addresses)).toEqual(["aws_kms_alias.a", "aws_kms_key.a"]);
  expect(isProtectedType("aws_route")).toBe(false);
});
