import type { Finding } from "../../review/change";
import { compareStack } from "../../review/compare/stacks";
import { nameStack } from "../../review/read";
import { streamed } from "../stacks/environments";
import { type Block, pick, stacksOf } from "../stacks/synthesis";
import { at, type Edit } from "./synthesized";

const stack = "dev-streaming";
const json = pick(stacksOf([streamed]), stack);
const cluster = "aws_msk_cluster.brokers";

/** What a review says of the only resource that an edit changes; others may be replaced with it. */
function findingsBy(edit: Edit): readonly Finding[] {
  const after = structuredClone(json);
  edit(after);
  const { changes } = compareStack(nameStack(stack, json), nameStack(stack, after));
  const edited = changes.filter(({ attributes }) => attributes.length > 0);
  expect(edited).toHaveLength(1);
  return edited[0]?.findings ?? [];
}

const risks = (edit: Edit) => findingsBy(edit).flatMap(({ risk, category }) => (risk ? [category] : []));

test.each<[string, string, (block: Block) => void]>([
  [
    "public addresses",
    "exposure",
    ({ broker_node_group_info: brokers }) => {
      brokers.connectivity_info.public_access.type = "SERVICE_PROVIDED_EIPS";
    },
  ],
  [
    "clients without a name",
    "exposure",
    ({ client_authentication: clients }) => {
      clients.unauthenticated = true;
    },
  ],
  [
    "plain text",
    "exposure",
    ({ encryption_info: encryption }) => {
      encryption.encryption_in_transit.client_broker = "TLS_PLAINTEXT";
    },
  ],
  [
    "no log",
    "exposure",
    ({ logging_info: logging }) => {
      logging.broker_logs.cloudwatch_logs.enabled = false;
    },
  ],
  [
    "fewer brokers",
    "data",
    (block) => {
      block.number_of_broker_nodes = 3;
    },
  ],
  [
    "more brokers",
    "cost",
    (block) => {
      block.number_of_broker_nodes = 9;
    },
  ],
])("a cluster with %s is a risk of %s", (_, category, edit) => {
  expect(risks((after) => edit(at(after, cluster)))).toContain(category);
});

test("other subnets, and an earlier version, replace the cluster and lose its records", () => {
  const replaced = (edit: (block: Block) => void) =>
    findingsBy((after) => edit(at(after, cluster)))
      .map(({ sentence }) => sentence)
      .join(" ");
  const loses = /every record that no job has archived/;
  expect(replaced(({ broker_node_group_info: brokers }) => brokers.client_subnets.pop())).toMatch(loses);
  expect(
    replaced((block) => {
      block.kafka_version = "3.8.x.kraft";
    }),
  ).toMatch(loses);
  expect(
    replaced((block) => {
      block.kafka_version = "4.0.x.kraft";
    }),
  ).not.toMatch(loses);
});

test("fewer copies that have to have a record are a risk for the data", () => {
  const edit: Edit = (after) => {
    const block = at(after, "aws_msk_configuration.brokers");
    block.server_properties = block.server_properties.replace(
      "min.insync.replicas=2",
      "min.insync.replicas=1",
    );
  };
  expect(risks(edit)).toContain("data");
});

test("a policy that lets a producer write to another topic is a risk of access", () => {
  const edit: Edit = (after) => {
    const block = at(after, "aws_iam_policy.kafka_produce_orders");
    block.policy = block.policy.replace("/orders", "/*");
  };
  expect(risks(edit)).toContain("access");
});
