import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { State } from "../../../cli/state-file";
import {
  lockedByThemselves,
  protectedAddresses,
  stillLocked,
  withoutProtection,
} from "../../../cli/terraform/stateful";

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

  test("is what exists and is of a protected type, with or without its block, or says prevent_destroy", () => {
    const existing = state(
      resource("aws_s3_bucket", "data"),
      resource("aws_kms_key", "of_a_removed_feature"),
      resource("aws_route", "out"),
      resource("aws_sqs_queue", "marked"),
    );
    writeFileSync(
      join(directory, "cdk.tf.json"),
      JSON.stringify({ resource: { aws_sqs_queue: { marked: { lifecycle: { prevent_destroy: true } } } } }),
    );
    expect(protectedAddresses(stack(), existing)).toEqual([
      "aws_kms_key.of_a_removed_feature",
      "aws_s3_bucket.data",
      "aws_sqs_queue.marked",
    ]);
    expect(protectedAddresses(stack(), undefined)).toEqual([]);
  });

  test("is given up by an override that changes nothing else", () => {
    expect(withoutProtection(stack())).toEqual({
      resource: {
        aws_s3_bucket: {
          data: { lifecycle: { prevent_destroy: false } },
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

  test("goes only if its own setting says so too, whatever the state says", () => {
    const locked = {
      aws_s3_bucket: { data: { force_destroy: false }, logs: { force_destroy: true }, other: {} },
      aws_athena_workgroup: { athena: { force_destroy: false } },
      aws_db_instance: { store: { deletion_protection: true }, copy: { deletion_protection: false } },
      aws_vpc: { vpc: {} },
    };
    writeFileSync(join(directory, "cdk.tf.json"), JSON.stringify({ terraform: {}, resource: locked }));
    const existing = state(
      ...Object.entries(locked).flatMap(([type, named]) =>
        Object.keys(named)
          .filter((name) => name !== "other")
          .map((name) => resource(type, name)),
      ),
    );
    expect(lockedByThemselves(stack(), existing)).toEqual([
      "aws_s3_bucket.data (lake.force_destroy = true)",
      "aws_athena_workgroup.athena (lake.force_destroy = true)",
      "aws_db_instance.store (metadata.deletion_protection = false)",
    ]);
    expect(lockedByThemselves(stack(), undefined)).toEqual([]);
  });

  test("is unlocked first where the state does not say so yet", () => {
    const open = [
      resource("aws_s3_bucket", "forced", { force_destroy: true }),
      resource("aws_db_instance", "copy", { deletion_protection: false }),
    ];
    const read = { ...resource("aws_s3_bucket", "read"), mode: "data" as const };
    const locked = [
      resource("aws_s3_bucket", "data", { force_destroy: false }),
      resource("aws_db_instance", "store", { deletion_protection: true }),
    ];
    expect(stillLocked(state(...open, read, ...locked, resource("aws_vpc", "vpc")))).toEqual([
      "aws_s3_bucket.data",
      "aws_db_instance.store",
    ]);
  });
});
