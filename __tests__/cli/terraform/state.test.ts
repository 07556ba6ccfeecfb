import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseState } from "../../../cli/state-file";
import { managedAddresses, readings } from "../../../cli/terraform/state";

describe("a state", () => {
  test("is none before the first apply", () => {
    expect(parseState("\n")).toBeUndefined();
    expect(managedAddresses(undefined)).toEqual([]);
  });

  test("manages the resources that have instances, not the data it read", () => {
    const instances = [{ attributes: {} }];
    const text = JSON.stringify({
      serial: 1,
      outputs: {},
      resources: [
        { mode: "managed", type: "aws_vpc", name: "vpc", instances },
        { mode: "managed", type: "aws_eip", name: "gone", instances: [] },
        { mode: "data", type: "aws_region", name: "here", instances },
      ],
    });
    expect(managedAddresses(parseState(text))).toEqual(["aws_vpc.vpc"]);
  });
});

test("a stack reads the upstream outputs that its JSON names, each once", () => {
  const directory = mkdtempSync(join(tmpdir(), "readings-"));
  const upstream = "data.terraform_remote_state";
  const json = {
    terraform: {},
    data: {
      terraform_remote_state: {
        network: { config: { key: "p/dev/network.tfstate" } },
        lake: { config: { key: "p/dev/lake.tfstate" } },
      },
    },
    resource: {
      aws_subnet: {
        a: {
          vpc_id: `\${${upstream}.network.outputs.vpc_id}`,
          tags: { vpc: `\${${upstream}.network.outputs.vpc_id}` },
        },
        b: { vpc_id: `\${join("-", [${upstream}.network.outputs.id, ${upstream}.lake.outputs.bucket])}` },
      },
    },
  };
  writeFileSync(join(directory, "cdk.tf.json"), JSON.stringify(json));
  expect(readings(directory)).toEqual([
    { key: "p/dev/network.tfstate", outputs: ["id", "vpc_id"] },
    { key: "p/dev/lake.tfstate", outputs: ["bucket"] },
  ]);
  rmSync(directory, { recursive: true });
});
