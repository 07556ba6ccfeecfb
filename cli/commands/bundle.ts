import { type Command, Option } from "commander";
import { places } from "../places";
import { parseFolder } from "./folder-option";

/** `platform bundle`: builds the release of the jobs and the DAGs on this machine. */
export function register(program: Command): void {
  program
    .command("bundle")
    .description("build the release: jobs, contracts, DAGs and their manifest")
    .addOption(
      new Option("--out <dir>", "directory that becomes the release")
        .default(places.bundle, "build/bundle")
        .argParser(parseFolder),
    )
    .action(async ({ out }: { readonly out: string }) => {
      const { buildBundle } = await import("../../release");
      const { describeBundle } = await import("../release/describe");
      const { explained } = await import("../release/explain");
      console.log(describeBundle(await explained(buildBundle({ outDir: out, root: places.root })), out));
    });
}
