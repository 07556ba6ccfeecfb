import { Option } from "commander";

/** Which environment a command is about: it has to be said. */
export function environmentOption(): Option {
  const option = new Option("--env <environment>", "the environment, as its .tfvars file is called");
  return option.makeOptionMandatory();
}
