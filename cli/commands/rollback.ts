import type { Command } from "commander";
import { environmentOption } from "./environment-option";

interface Options {
  readonly env: string;
  readonly to?: string;
  readonly list?: boolean;
}

/** `platform rollback`: makes an earlier release current again, or lists those there are. */
export function register(program: Command): void {
  program
    .command("rollback")
    .description("make an earlier release current again, and mirror its DAGs")
    .addOption(environmentOption())
    .option("--to <release>", "the release to go back to (default: the one before the current one)")
    .option("--list", "list the releases and change nothing")
    .action(async ({ env, to, list }: Options) => {
      const { loadChecked, pickEnvironment } = await import("../environments");
      const { listReleases, rollback } = await import("../../release/publish");
      const { explained } = await import("../release/explain");
      const { withArtifacts } = await import("../release/artifacts");
      const { withProgress } = await import("../release/publication-progress");
      const { describeReleases, describeRollback } = await import("../release/describe-publication");
      const config = pickEnvironment(await loadChecked(program.opts().environments), env);
      const release = to === undefined ? {} : { release: to };
      await withArtifacts(config, async (store) => {
        if (list) return console.log(describeReleases(await explained(listReleases(store))));
        const back = withProgress((onProgress) => rollback({ ...store, ...release, onProgress }));
        console.log(describeRollback(await explained(back), store.bucket));
      });
    });
}
