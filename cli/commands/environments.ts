import { type Command, Option } from "commander";

const formats = ["table", "json", "github"] as const;

interface Options {
  readonly format: (typeof formats)[number];
}

/** `platform environments`: the environments in their order of deployment, for people, scripts and workflows. */
export function register(program: Command): void {
  program
    .command("environments")
    .description("list the environments in their order of deployment")
    .addOption(
      new Option(
        "--format <format>",
        "github is the line for $GITHUB_OUTPUT, with the roles from the JSON object of variables in VARIABLES",
      )
        .choices(formats)
        .default("table"),
    )
    .action(async ({ format }: Options) => {
      const { loadChecked } = await import("../environments");
      const { inDeploymentOrder } = await import("../../config");
      const deployment = await import("../deployment");
      const configs = inDeploymentOrder(await loadChecked(program.opts().environments));
      if (format === "table") console.log(deployment.describeOrder(configs));
      else if (format === "json") console.log(JSON.stringify(deployment.listOrder(configs), null, 2));
      else console.log(deployment.matrixOutput(configs, process.env.VARIABLES, console.error));
    });
}
