import type { Command } from "commander";
import { environmentOption } from "./environment-option";

/** `platform smtp`: fills the secret that Airflow reads its mail server from. */
export function register(program: Command): void {
  program
    .command("smtp")
    .description(
      "store the mail server's URI, from PLATFORM_SMTP_URI or stdin, as Airflow's connection smtp_default",
    )
    .addOption(environmentOption())
    .action(async ({ env }) => {
      const { loadChecked, pickEnvironment } = await import("../environments");
      const { readSmtpUri, storeConnection } = await import("../store-connection");
      const { parseSmtpUri } = await import("../smtp-connection");
      const config = pickEnvironment(await loadChecked(program.opts().environments), env);
      const connection = parseSmtpUri(await readSmtpUri());
      const secret = await storeConnection(config, "smtp_default", connection);
      console.log(
        `${secret}: Airflow sends its mail through ${connection.host}:${connection.port} from now on`,
      );
    });
}
