import type { EnvironmentConfig } from "../../config";
import { places, shown } from "../places";
import { readTopics } from "../topics";
import type { Diagnosis } from "./diagnosis";

/** Whether the environments' files are right, and what they say where they are. */
export interface Configuration {
  readonly diagnosis: Diagnosis;
  readonly configs?: readonly EnvironmentConfig[];
}

const about = { subject: "configuration", uses: ["run", "apply"], neededBy: "every command" } as const;

/** Checks every environment's file; what is wrong in detail is `platform check`'s to say. */
export async function diagnoseConfiguration(directory: string): Promise<Configuration> {
  const { ConfigurationError, loadEnvironments } = await import("../../config");
  try {
    const configs = await loadEnvironments(directory, places.parsed, undefined, readTopics);
    const names = configs.map(({ environment }) => environment).join(", ");
    return { configs, diagnosis: { ...about, state: "ok", detail: `${names} in ${shown(directory)}` } };
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    const { length } = error.problems;
    const detail = `${length} ${length === 1 ? "problem" : "problems"} in ${shown(directory)}`;
    return { diagnosis: { ...about, state: "wrong", detail, remedy: "./platform check says which" } };
  }
}
