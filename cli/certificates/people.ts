import pc from "picocolors";
import { Failure } from "../../base/failure";
import {
  authorityName,
  createPerson,
  expiryOf,
  personIn,
  profileOf,
  revokePerson,
  rotatePerson,
  serverDnsName,
} from "../../certificates";
import { shown } from "../places";
import { type CertificateContext, dayOf, requireCertificateLogin } from "./context";
import { readEndpoint } from "./endpoint";
import { sendRevocationList } from "./import";

/** Makes a person's certificate, if there is none, and the profile that holds it. */
export async function addPerson(context: CertificateContext, person: string, given?: string): Promise<void> {
  requireCertificateLogin(context);
  requireHostName(given);
  const { identity, isNew } = await createPerson(context.folder, person);
  const until = dayOf(expiryOf(identity));
  if (expiryOf(identity) < new Date()) {
    const renew = `./platform certificates rotate ${person} --env ${context.config.environment}`;
    throw new Failure(`${person}'s certificate was valid until ${until}`, `renew it: ${renew}`);
  }
  console.log(`${person}: ${isNew ? pc.bold("made") : "there already"}, valid until ${until}`);
  await handOut(context, person, given);
}

/** Gives a person a new certificate and profile, and revokes the one before. */
export async function renewPerson(
  context: CertificateContext,
  person: string,
  given?: string,
): Promise<void> {
  requireCertificateLogin(context);
  requireHostName(given);
  const revoked = await rotatePerson(context.folder, person);
  console.log(`${person}: ${pc.bold("replaced")}; ${revoked} is revoked`);
  await sendRevocationList(context, `whoever has ${person}'s old certificate`);
  await handOut(context, person, given);
}

/** Writes the profile and says what to do with it. */
async function handOut(context: CertificateContext, person: string, given?: string): Promise<void> {
  const file = await writeProfile(context, person, given);
  if (file === undefined) {
    const again = `./platform certificates client ${person} --env ${context.config.environment}`;
    throw new Failure(
      "there is no profile yet: it names the VPN endpoint, and the access stack is not applied",
      `apply it, then run this again: ${again} (or give --endpoint)`,
    );
  }
  console.log(`${shown(file)}: give it to ${person} by a safe way, it holds the key`);
}

/** Takes a person's way in. */
export async function removePerson(context: CertificateContext, person: string): Promise<void> {
  requireCertificateLogin(context);
  const revoked = await revokePerson(context.folder, person);
  console.log(`${person}: ${pc.bold("revoked")} ${revoked.join(", ")}; key and profile are deleted here`);
  await sendRevocationList(context, person);
  console.log(
    "a connection that is open stays so until its session ends, at the latest after the session limit",
  );
}

/** Writes everybody's profile and says what to do with them; without an endpoint there is nothing to name in them. */
export function writeProfiles(
  context: CertificateContext,
  people: readonly string[],
  endpoint: string | undefined,
): void {
  for (const person of people) {
    const again = `./platform certificates client ${person} --env ${context.config.environment}`;
    const what =
      endpoint === undefined
        ? `there is no VPN endpoint yet; when there is: ${again}`
        : `${shown(writeProfileFor(context, person, endpoint))} takes the place of the profile of before; it holds the key`;
    console.log(`${person}: ${what}`);
  }
}

async function writeProfile(
  context: CertificateContext,
  person: string,
  given?: string,
): Promise<string | undefined> {
  const endpoint = given ?? (await readEndpoint(context.config))?.dnsName;
  return endpoint === undefined ? undefined : writeProfileFor(context, person, endpoint);
}

function writeProfileFor({ config, folder }: CertificateContext, person: string, endpoint: string): string {
  const profile = profileOf({
    endpoint,
    serverName: serverDnsName(config),
    authority: folder.certificatePem(authorityName),
    person: folder.read(personIn(person)),
  });
  return folder.writeProfile(person, profile);
}

/** A profile is a list of commands to OpenVPN: nothing but a name may come into it. */
export function requireHostName(endpoint: string | undefined): void {
  if (endpoint === undefined || /^(?:\*\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)+$/.test(endpoint)) return;
  throw new Failure(
    `"${endpoint}" is not the DNS name of an endpoint`,
    "it looks like *.cvpn-endpoint-0123456789abcdef0.prod.clientvpn.eu-north-1.amazonaws.com",
  );
}
