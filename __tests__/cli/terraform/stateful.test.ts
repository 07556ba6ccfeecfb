import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { State } from "../../../cli/terraform/state";
import { bucketsToEmpty, protectedAddresses, withoutProtection } from "../../../cli/terraform/stateful";

const json = {
  terraform: {},
  resource: {
    aws_s3_bucket: {
      data: { bucket: "d", lifecycle: { prevent_destroy: true } },
      logs: { bucket: "l" },
    },
    aws_kms_key: { data: { lifecycle: { prevent_destroy: true, ignore_changes: ["description"] } } },
  },
};

function resource(type: string, name: string, attributes: object = {}): State["resources"][number] {
  return { mode: "managed", type, name, instances: [{ attributes: { ...attributes } }] };
}

describe("what keeps data", () => {
  let directory: string;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "stateful-"));
    writeFileSync(join(directory, "cdk.tf.json"), JSON.stringify(json));
  });

  afterEach(() => rmSync(directory, { recursive: true }));

  const stack = (): { id: string; directory: string; dependencies: string[] } => ({
    id: "dev-lake",
    directory,
    dependencies: [],
  });

  const state = (...resources: State["resources"]): State => ({ serial: 1, outputs: {}, resources });

  test("is what says prevent_destroy and exists", () => {
    const existing = state(resource("aws_s3_bucket", "data"), resource("aws_s3_bucket", "logs"));
    expect(protectedAddresses(stack(), existing)).toEqual(["aws_s3_bucket.data"]);
    expect(protectedAddresses(stack(), undefined)).toEqual([]);
  });

  test("is given up by an override that changes nothing else", () => {
    expect(withoutProtection(stack())).toEqual({
      resource: {
        aws_s3_bucket: {
          data: { lifecycle: { prevent_destroy: false }, force_destroy: true },
          logs: { force_destroy: true },
        },
        aws_kms_key: { data: { lifecycle: { prevent_destroy: false } } },
      },
    });
  });

  test("needs no override where there is none", () => {
    writeFileSync(
      join(directory, "cdk.tf.json"),
      JSON.stringify({ ...json, resource: { aws_vpc: { vpc: {} } } }),
    );
    expect(withoutProtection(stack())).toBeUndefined();
  });

  test("of buckets is emptied only by those whose state says so already", () => {
    const forced = resource("aws_s3_bucket", "forced", { force_destroy: true });
    const kept = resource("aws_s3_bucket", "data", { force_destroy: false });
    const read = { ...resource("aws_s3_bucket", "read"), mode: "data" as const };
    expect(bucketsToEmpty(state(forced, kept, read, resource("aws_vpc", "vpc")))).toEqual([
      "aws_s3_bucket.data",
    ]);
  });
});
