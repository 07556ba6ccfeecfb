import { join } from "node:path";
import type { Topic } from "../config";
import { places } from "./places";

/**
 * Reads the topics of the contracts, with which Kafka clusters of environments are compared.
 * @throws ContractError with every problem of every contract
 */
export async function readTopics(): Promise<readonly Topic[]> {
  const { compileContracts } = await import("../contracts/compiler");
  const { datasets } = compileContracts(join(places.root, "contracts"), places.root);
  return datasets.flatMap(({ stream }) => stream ?? []);
}
