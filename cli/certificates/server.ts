import pc from "picocolors";
import { createCertificates, expiryOf, type Made, rotateServer } from "../../certificates";
import { shown } from "../places";
import { type CertificateContext, dayOf } from "./context";
import { importAll } from "./import";

/** Makes the authority and the server's certificate; what is there stays. */
export async function createAll({ config, folder }: CertificateContext): Promise<void> {
  const { authority, server } = await createCertificates(folder, config);
  for (const [name, made] of Object.entries({ authority, server })) console.log(described(name, made));
  console.log(`\n${shown(folder.path)} holds the keys: never commit them. Keep a copy in a safe place;`);
  console.log("without the authority's key nobody can be let in or shut out.");
  console.log(`next: ./platform certificates import --env ${config.environment}`);
}

/** Gives the endpoint a new certificate under the same ARN, and a revocation list that lasts. */
export async function renewServer(context: CertificateContext): Promise<void> {
  await rotateServer(context.folder, context.config);
  console.log(`the server's certificate is ${pc.bold("replaced")}; people's profiles stay as they are`);
  try {
    await importAll(context);
  } catch (error) {
    const again = `./platform certificates import --env ${context.config.environment}`;
    console.error(`AWS does not have it yet: mend what follows, then: ${again}`);
    throw error;
  }
}

function described(name: string, { identity, isNew }: Made): string {
  return `${name}: ${isNew ? pc.bold("made") : "there already"}, valid until ${dayOf(expiryOf(identity))}`;
}
