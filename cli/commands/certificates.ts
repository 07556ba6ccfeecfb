import type { Command } from "commander";
import type { CertificateContext, CertificateOptions } from "../certificates/context";
import { requireTerminal } from "../confirm";
import { printJson } from "../json-output";
import { environmentOption } from "./environment-option";

interface ClientOptions extends CertificateOptions {
  readonly endpoint?: string;
}

interface RotateOptions extends ClientOptions {
  readonly authority: boolean;
  readonly yes: boolean;
}

/** `platform certificates`: who may come in through the VPN, and what clusters encrypt with. */
export function register(program: Command): void {
  const certificates = program
    .command("certificates")
    .description("make, import, hand out, revoke and renew the certificates of the VPN and of clusters");
  const open = async (options: CertificateOptions): Promise<CertificateContext> => {
    const { openCertificates } = await import("../certificates/context");
    return openCertificates(program.opts().environments, options);
  };
  registerServer(certificates, open);
  registerPeople(certificates, open);
  withFolder(certificates.command("list"))
    .description("show every certificate, until when it is valid, and what has to be renewed")
    .option("--json", "print them as JSON", false)
    .action(async (options) => {
      const { listAll, listAsData } = await import("../certificates/list");
      const context = await open(options);
      if (options.json) return printJson(async () => listAsData(context));
      listAll(context);
    });
  withFolder(certificates.command("emr-archive"))
    .description("make and upload the archive that clusters encrypt with among their nodes")
    .action(async (options) => {
      const { uploadEmrArchive } = await import("../certificates/emr-archive");
      await uploadEmrArchive(await open(options));
    });
}

type Open = (options: CertificateOptions) => Promise<CertificateContext>;

function registerServer(certificates: Command, open: Open): void {
  withFolder(certificates.command("create"))
    .description("make the authority and the server's certificate; what is there stays")
    .action(async (options) => {
      const { createAll } = await import("../certificates/server");
      await createAll(await open(options));
    });
  withFolder(certificates.command("import"))
    .description("import the server's certificate into ACM, and the revocation list to the endpoint")
    .action(async (options) => {
      const { importAll } = await import("../certificates/import");
      await importAll(await open(options));
    });
}

function registerPeople(certificates: Command, open: Open): void {
  withEndpoint(certificates.command("client <person>"))
    .description("make a person's certificate, and the profile to connect with")
    .action(async (person: string, options: ClientOptions) => {
      const { addPerson } = await import("../certificates/people");
      await addPerson(await open(options), person, options.endpoint);
    });
  withFolder(certificates.command("revoke <person>"))
    .description("shut a person out")
    .action(async (person: string, options: CertificateOptions) => {
      const { removePerson } = await import("../certificates/people");
      await removePerson(await open(options), person);
    });
  withEndpoint(certificates.command("rotate [person]"))
    .description("renew a person's certificate, or the server's and the revocation list, or everything")
    .option("--authority", "replace the authority, and with it every certificate and profile", false)
    .option("--yes", "replace the authority without being asked", false)
    .action(async (person: string | undefined, options: RotateOptions) => {
      if (options.authority) requireTerminal(options.yes);
      const context = await open(options);
      if (options.authority) {
        const { renewAuthority } = await import("../certificates/authority");
        return renewAuthority(context, person, options);
      }
      if (person === undefined) {
        const { renewServer } = await import("../certificates/server");
        return renewServer(context);
      }
      const { renewPerson } = await import("../certificates/people");
      return renewPerson(context, person, options.endpoint);
    });
}

function withFolder(command: Command): Command {
  return command
    .addOption(environmentOption())
    .option("--folder <dir>", "where the keys are (default: certificates/private/<project>-<environment>)");
}

function withEndpoint(command: Command): Command {
  return withFolder(command).option(
    "--endpoint <name>",
    "DNS name of the VPN endpoint (default: from the state of the access stack)",
  );
}
