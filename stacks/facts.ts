import { z } from "zod";
import { accessFacts } from "./access/facts";
import { bootstrapFacts } from "./bootstrap/facts";
import * as capabilities from "./capabilities";
import { catalogFacts } from "./catalog/facts";
import type { AnyFacts } from "./core/stack-facts";
import { eventsFacts } from "./events/facts";
import { lakeFacts } from "./lake/facts";
import { metadataFacts } from "./metadata/facts";
import { networkFacts } from "./network/facts";
import { observabilityFacts } from "./observability/facts";
import { orchestrationFacts } from "./orchestration/facts";
import { processingFacts } from "./processing/facts";
import { streamingFacts } from "./streaming/facts";

/** The facts of every stack: what the DAGs' classes, their tests and the documentation are generated from. */
export const allFacts: readonly AnyFacts[] = [
  networkFacts,
  lakeFacts,
  catalogFacts,
  metadataFacts,
  processingFacts,
  eventsFacts,
  orchestrationFacts,
  accessFacts,
  observabilityFacts,
  streamingFacts,
  bootstrapFacts,
  ...Object.values(capabilities).map(({ facts }) => facts),
];

/** The facts of the stacks that DAGs read something of. */
export const dagFacts = allFacts.filter(({ dags }) => Object.keys(dags.shape).length > 0);

/** A JSON Schema with a definition for each stack. */
export interface FactsJsonSchema {
  readonly $schema: string;
  readonly title: string;
  readonly $defs: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** What the DAGs read as one JSON Schema (draft 2020-12), with a definition for each stack. */
export function factsJsonSchema(): FactsJsonSchema {
  const definitions = dagFacts.map(({ stack, dags }) => {
    const { $schema: _, ...definition } = z.toJSONSchema(dags);
    return [stack, definition];
  });
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "Facts that the stacks publish to the DAGs",
    $defs: Object.fromEntries(definitions),
  };
}
