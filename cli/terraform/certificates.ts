import { Failure } from "../../base/failure";
import type { Found } from "../certificates/acm";
import type { Session } from "./session";
import { readStackJson, type Stack } from "./stacks";
import type { Outcome } from "./walk";

/** Thirty days before its end a certificate is warned of. */
const warnedMilliseconds = 30 * 86_400_000;

/** The tags by which a stack looks for certificates in ACM. */
export function wantedCertificates({ directory }: Stack): Readonly<Record<string, string>>[] {
  return Object.values(readStackJson(directory).data?.aws_acm_certificate ?? {}).map(({ tags }) => tags);
}

/** What to do about a certificate that a stack looks for and ACM does not have; undefined when there is nothing to do. */
export async function missingCertificate(session: Session, stack: Stack): Promise<string | undefined> {
  return remedyFor(await findWanted(session, stack), session.config.environment);
}

/**
 * Checks that ACM has what the stacks look for, before any of them is applied: half an hour later is too late.
 * @throws Failure that says how to get there
 */
export async function requireCertificates(session: Session): Promise<Outcome> {
  const { environment, region } = session.config;
  const all: Found[] = [];
  for (const stack of session.stacks) {
    const found = await findWanted(session, stack);
    const remedy = remedyFor(found, environment);
    if (remedy !== undefined) {
      throw new Failure(
        `${stack.id}: ACM in ${region} has no valid certificate for the server of the VPN`,
        `${remedy}; without a VPN: access.vpn.enabled = false`,
      );
    }
    all.push(...found.flat());
  }
  return { word: "found", detail: untilWhen(all, environment) };
}

/** For each certificate that a stack looks for, those that ACM has. */
async function findWanted({ config }: Session, stack: Stack): Promise<Found[][]> {
  const wanted = wantedCertificates(stack);
  if (wanted.length === 0) return [];
  const { findCertificates, withAcm } = await import("../certificates/acm");
  return withAcm(config.region, (client) =>
    Promise.all(wanted.map((tags) => findCertificates(client, tags))),
  );
}

function remedyFor(found: readonly (readonly Found[])[], environment: string): string | undefined {
  if (found.every((certificates) => certificates.length > 0)) return undefined;
  const command = (verb: string) => `./platform certificates ${verb} --env ${environment}`;
  return `${command("create")}, then ${command("import")}`;
}

function untilWhen(found: readonly Found[], environment: string): string {
  const [first] = found.flatMap(({ expires }) => expires ?? []).sort((one, other) => +one - +other);
  if (first === undefined) return "in ACM";
  const until = `in ACM, valid until ${first.toISOString().slice(0, 10)}`;
  const left = first.getTime() - Date.now();
  return left > warnedMilliseconds ? until : `${until}: ./platform certificates rotate --env ${environment}`;
}
