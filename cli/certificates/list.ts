import pc from "picocolors";
import { type Entry, inventory, needsAttention } from "../../certificates";
import { shown } from "../places";
import { table } from "../table";
import { type CertificateContext, dayOf } from "./context";

const colours: Partial<Record<Entry["validity"], (text: string) => string>> = {
  valid: pc.green,
  "expires soon": pc.yellow,
  expired: pc.red,
  "still valid": pc.red,
};

/** Prints what there is and until when it is valid, and what to do about what soon is not. */
export function listAll({ config, folder }: CertificateContext): void {
  const entries = inventory(folder);
  if (entries.length === 0) {
    console.log(`${shown(folder.path)} holds no certificates`);
    console.log(`next: ./platform certificates create --env ${config.environment}`);
    return;
  }
  const rows = entries.map(({ name, kind, serialNumber, expires, validity }) => {
    return [name, kind, (colours[validity] ?? String)(validity), dayOf(expires), serialNumber];
  });
  console.log(table(["name", "kind", "state", "valid until", "serial number"], rows));
  for (const entry of entries.filter(needsAttention)) {
    console.log(`${pc.yellow("!")} ${entry.name} ${entry.validity}: ${remedyFor(entry, config.environment)}`);
  }
  if (!folder.isRevocationListSent()) console.log(`${pc.yellow("!")} ${unsent(config.environment)}`);
}

/** Returns what there is as data, with what to do about what needs it. */
export function listAsData({ config, folder }: CertificateContext) {
  const certificates = inventory(folder).map((entry) => ({
    name: entry.name,
    kind: entry.kind,
    state: entry.validity,
    valid_until: entry.expires.toISOString(),
    serial_number: entry.serialNumber === "" ? null : entry.serialNumber,
    remedy: needsAttention(entry) ? remedyFor(entry, config.environment) : null,
  }));
  return {
    environment: config.environment,
    revocation_list_sent: folder.isRevocationListSent(),
    certificates,
  };
}

/** What it means that no endpoint has the revocation list that is here. */
export function unsent(environment: string): string {
  return `the revocation list was not sent: whoever is on it may still come in: ./platform certificates import --env ${environment}`;
}

/** What to do about a certificate that has expired or soon will. */
export function remedyFor({ kind, name, validity }: Entry, environment: string): string {
  if (validity === "still valid")
    return `whoever has its key comes in: ./platform certificates revoke ${name} --env ${environment}`;
  const rotate = "./platform certificates rotate";
  if (kind === "person") return `${rotate} ${name} --env ${environment}`;
  if (kind === "server") return `${rotate} --env ${environment}`;
  if (kind === "authority")
    return `everybody needs a new profile then: ${rotate} --authority --env ${environment}`;
  return `nobody comes in once it has expired: ${rotate} --env ${environment}`;
}
