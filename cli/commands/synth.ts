import { join } from "node:path";
import type { Command } from "commander";
import { parseFolder } from "./folder-option";

/** `platform synth`: the Terraform JSON of every stack of every environment. */
export function register(program: Command): void {
  program
    .command("synth")
    .description("check, then write the Terraform JSON of every stack of every environment")
    .option("--out <dir>", "where to (default: cdktf.out)", parseFolder)
    .action(async (options) => {
      const { loadChecked } = await import("../environments");
      const { synthesizeAll } = await import("../synth");
      const { describeStacks } = await import("../describe");
      const { places, shown } = await import("../places");
      const [configs] = await Promise.all([loadChecked(program.opts().environments), import("../../main")]);
      const outdir = options.out ?? places.synthesis;
      const stacks = await synthesizeAll(configs, outdir);
      const names = configs.map(({ environment }) => environment);
      console.log(describeStacks(names, stacks));
      console.log(`\nwritten to ${shown(join(outdir, "stacks"))}`);
    });
}
