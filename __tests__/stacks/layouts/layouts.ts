import { join } from "node:path";
import { type EnvironmentConfig, loadEnvironment } from "../../../config";

/** An environment that nobody runs, in a file of its own: what the configuration can say besides. */
export function layout(name: "closed" | "existing" | "older"): Promise<EnvironmentConfig> {
  return loadEnvironment(join(__dirname, `${name}.tfvars`));
}
