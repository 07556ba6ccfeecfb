import type { Command } from "commander";

/**
 * `platform contract check`: what the data contracts promise, against the standard and against what is in use;
 * `platform contract compile`: what they become for brokers and endpoints; `platform contract infer`: a contract for data that nobody has described yet.
 */
export function register(program: Command): void {
  const contract = program.command("contract").description("data contracts: what a dataset promises");
  contract
    .command("check")
    .argument("[path]", "a contract, or a folder of them", "contracts")
    .description("validate the contracts, and refuse changes that their versions do not tell")
    .option(
      "--base <rev|dir>",
      "the contracts in use: a commit, or a folder (default: where this branch left origin/main or main)",
    )
    .action(async (path: string, { base }: { readonly base?: string }) => {
      const { checkPlatformContracts } = await import("../contract/check");
      console.log(checkPlatformContracts(base, path === "contracts" ? undefined : path));
    });
  contract
    .command("compile")
    .argument("[path]", "a folder of contracts", "contracts")
    .description(
      "write what the contracts are compiled to: for a stream, its topic and the JSON Schema of its records",
    )
    .option("--out <dir>", "where to", "build/compiled")
    .action(async (path: string, { out }: { readonly out: string }) => {
      const { writeTargets } = await import("../contract/compile");
      console.log(writeTargets(path, out));
    });
  contract
    .command("infer")
    .argument("<path>", "CSV, JSON lines or Parquet, packed or not: a file, or a folder of files")
    .description("look at data, and write a contract for it with the evidence as comments")
    .option("--output <path>", "folder, or <name>.odcs.yaml for one dataset (default: build/contracts)")
    .option("--name <name>", "what to call the one dataset (default: what its files are called)")
    .action(async (data: string, options: { readonly output?: string; readonly name?: string }) => {
      const { inferContracts } = await import("../contract/infer");
      console.log(await inferContracts({ data, output: options.output, name: options.name }));
    });
}
