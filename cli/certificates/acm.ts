import {
  ACMClient,
  AddTagsToCertificateCommand,
  type CertificateStatus,
  type CertificateSummary,
  GetCertificateCommand,
  ImportCertificateCommand,
  ListTagsForCertificateCommand,
  paginateListCertificates,
} from "@aws-sdk/client-acm";
import { traced } from "../../base/aws-errors";
import { Failure } from "../../base/failure";

type Tags = Readonly<Record<string, string>>;

/** What there is to import. */
export interface ServerCertificate {
  readonly certificate: string;
  readonly privateKey: string;
  /** Certificate of the authority, which people's certificates are of, too. */
  readonly chain: string;
  /** By what Terraform finds it. */
  readonly tags: Tags;
}

/** What became of it. */
export interface Imported {
  readonly arn: string;
  readonly word: "imported" | "replaced" | "unchanged";
}

/** Works with ACM in a region, and closes the connection afterwards. */
export async function withAcm<Result>(
  region: string,
  work: (client: ACMClient) => Promise<Result>,
): Promise<Result> {
  const client = traced(new ACMClient({ region }));
  try {
    return await work(client);
  } finally {
    client.destroy();
  }
}

/** A certificate in ACM. */
export interface Found {
  readonly arn: string;
  readonly expires: Date | undefined;
}

/** The imported and valid certificates that carry all of these tags: what Terraform's data source finds. */
export function findCertificates(client: ACMClient, tags: Tags): Promise<Found[]> {
  return findTagged(client, tags, ["ISSUED"]);
}

/**
 * Imports the server's certificate: under the ARN it had before, or a new one with the tags.
 * @throws Failure when several have the tags, because nobody could say which one the VPN uses
 */
export async function importCertificate(client: ACMClient, server: ServerCertificate): Promise<Imported> {
  const found = await findTagged(client, server.tags, ["ISSUED", "EXPIRED"]);
  const [before, ...others] = found.map(({ arn }) => arn);
  if (others.length > 0) {
    throw new Failure(
      `several certificates in ACM have the tags of the VPN's server:\n  ${[before, ...others].join("\n  ")}`,
      "delete those that are not the endpoint's: aws acm delete-certificate --certificate-arn <arn>",
    );
  }
  if (before !== undefined && (await isSame(client, before, server)))
    return { arn: before, word: "unchanged" };
  const content = {
    Certificate: Buffer.from(server.certificate),
    PrivateKey: Buffer.from(server.privateKey),
    CertificateChain: Buffer.from(server.chain),
  };
  const Tags = Object.entries(server.tags).map(([Key, Value]) => ({ Key, Value }));
  if (before === undefined) {
    const { CertificateArn = "" } = await client.send(new ImportCertificateCommand({ ...content, Tags }));
    return { arn: CertificateArn, word: "imported" };
  }
  const CertificateArn = before;
  await client.send(new ImportCertificateCommand({ ...content, CertificateArn }));
  // ACM refuses tags together with an ARN. Those of before should have stayed; given again, they do.
  await client.send(new AddTagsToCertificateCommand({ CertificateArn, Tags }));
  return { arn: CertificateArn, word: "replaced" };
}

async function findTagged(
  client: ACMClient,
  tags: Tags,
  statuses: readonly CertificateStatus[],
): Promise<Found[]> {
  const found: Found[] = [];
  const query = { CertificateStatuses: [...statuses] };
  for await (const { CertificateSummaryList = [] } of paginateListCertificates({ client }, query)) {
    for (const summary of CertificateSummaryList) {
      const arn = importedArn(summary);
      if (arn !== undefined && (await hasTags(client, arn, tags)))
        found.push({ arn, expires: summary.NotAfter });
    }
  }
  return found;
}

/** Only what was imported can be imported again. Some emulators leave the type out. */
function importedArn({ CertificateArn, Type = "IMPORTED" }: CertificateSummary): string | undefined {
  return Type === "IMPORTED" ? CertificateArn : undefined;
}

async function hasTags(client: ACMClient, CertificateArn: string, wanted: Tags): Promise<boolean> {
  const { Tags = [] } = await client.send(new ListTagsForCertificateCommand({ CertificateArn }));
  return Object.entries(wanted).every(([key, value]) =>
    Tags.some(({ Key, Value }) => Key === key && Value === value),
  );
}

/** Its signature ties a certificate to its authority and its key: where it is the same, all is. */
async function isSame(
  client: ACMClient,
  CertificateArn: string,
  { certificate }: ServerCertificate,
): Promise<boolean> {
  const there = await client.send(new GetCertificateCommand({ CertificateArn }));
  return there.Certificate?.trim() === certificate.trim();
}
