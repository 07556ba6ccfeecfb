import type { App } from "cdktf";
import type { EnvironmentConfig } from "../config";
import type { accessFacts } from "./access/facts";
import type { catalogFacts } from "./catalog/facts";
import type { AnyFacts } from "./core/stack-facts";
import type { Publisher } from "./core/upstream";
import type { lakeFacts } from "./lake/facts";
import type { metadataFacts } from "./metadata/facts";
import type { networkFacts } from "./network/facts";
import type { processingFacts } from "./processing/facts";

/** What every environment has, for capabilities to build on. */
export interface BaseStacks {
  readonly config: EnvironmentConfig;
  readonly network: Publisher<typeof networkFacts>;
  readonly access: Publisher<typeof accessFacts>;
  readonly lake: Publisher<typeof lakeFacts>;
  readonly catalog: Publisher<typeof catalogFacts>;
  readonly processing: Publisher<typeof processingFacts>;
  readonly metadata: Publisher<typeof metadataFacts>;
}

/** A stack that builds on the base, and that nothing of the base needs. */
export interface Capability {
  readonly facts: AnyFacts;
  /** Tells whether an environment has the capability; one that has not gets no stack. */
  readonly isIn: (config: EnvironmentConfig) => boolean;
  /** Adds the stack to the app. */
  readonly add: (app: App, base: BaseStacks) => void;
}
