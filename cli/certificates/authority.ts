import pc from "picocolors";
import { Failure } from "../../base/failure";
import { authorityName, replaceAuthority } from "../../certificates";
import { exitCodes } from "../../contracts/layout";
import { confirm } from "../confirm";
import type { CertificateContext } from "./context";
import { readEndpoint } from "./endpoint";
import { importAll } from "./import";
import { requireHostName, writeProfiles } from "./people";

export interface AuthorityOptions {
  /** No question. */
  readonly yes: boolean;
  /** DNS name of the endpoint. @default the one that the access stack published */
  readonly endpoint?: string;
}

/** Replaces the authority, and with it every certificate; under the same ARN, so that Terraform sees no change. */
export async function renewAuthority(
  context: CertificateContext,
  person: string | undefined,
  options: AuthorityOptions,
): Promise<void> {
  const { config, folder } = context;
  if (person !== undefined) {
    const remedy = `leave out ${person}, or leave out --authority`;
    throw new Failure("a new authority is everybody's, not one person's", remedy);
  }
  requireHostName(options.endpoint);
  folder.certificate(authorityName);
  const count = folder.people().length;
  const question = `Replace the authority of ${config.environment}? ${count} people need a new profile then, and nobody comes in with the one they have.`;
  if (!(await confirm(question, options.yes)))
    throw new Failure("stopped: you declined", undefined, exitCodes.interrupted);
  const people = await replaceAuthority(folder, config);
  console.log(
    `the authority, the server's certificate and those of ${people.length} people are ${pc.bold("replaced")}`,
  );
  await importAll(context);
  const endpoint = options.endpoint ?? (await readEndpoint(config))?.dnsName;
  writeProfiles(context, people, endpoint);
  console.log(
    "open connections stay until their session ends; until the endpoint has taken the new authority",
  );
  console.log("over, new ones may be refused with either profile");
  if (config.processing.in_transit_certificates) {
    console.log(
      `next, if the old key was seen: ./platform certificates emr-archive --env ${config.environment}`,
    );
  }
}
