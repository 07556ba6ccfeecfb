import { newAuthority, type Subject, serverDnsName } from "./authority";
import { authorityName, type CertificateFolder, personIn, serverName } from "./folder";
import { issuePerson, issueServer } from "./issue";
import { signRevocations } from "./revocations";

/**
 * Puts a new authority in the place of the one before, whose key may be lost, and everything it signed anew: the
 * server's certificate, everybody's, and the revocation list, on which nobody is, because no certificate of before
 * counts any more. Interrupted, it is done again from the start. Profiles are removed: they name the authority of before.
 * @returns everybody who has a new certificate
 */
export async function replaceAuthority(folder: CertificateFolder, subject: Subject): Promise<string[]> {
  folder.certificate(authorityName);
  const people = folder.people();
  const authority = await newAuthority(subject);
  const server = await issueServer(authority, serverDnsName(subject));
  const identities = await Promise.all(people.map((person) => issuePerson(authority, person)));
  await folder.exclusively(async () => {
    folder.replace(authorityName, authority);
    if (folder.has(serverName)) folder.replace(serverName, server);
    else folder.add(serverName, server);
    for (const [index, identity] of identities.entries()) {
      const person = people[index] ?? "";
      folder.replace(personIn(person), identity);
      folder.removeProfile(person);
    }
    if (folder.revocationText() !== undefined) folder.writeRevocations(await signRevocations(authority, []));
  });
  return people;
}
