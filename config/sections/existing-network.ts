import { z } from "zod";
import type { Report } from "../problems";
import type { DocumentedRule, FileFacts } from "../rule";
import { addressName, text } from "../schema/fields";
import type { ValidParts } from "../schema/valid-parts";

/** Source: Amazon EC2 API Reference, "Resource IDs": 8 or 17 hexadecimal digits. */
const idOf = (kind: "subnet" | "vpc") =>
  text(
    new RegExp(`^${kind}-(?:[0-9a-f]{8}|[0-9a-f]{17})$`),
    `the id of a ${kind === "vpc" ? "VPC" : kind}, for example ${kind}-0123456789abcdef0`,
  );

const existingSubnet = z.strictObject({
  id: idOf("subnet").describe("Id of the subnet, which lies in the VPC and is named once."),
  zone: text(/^[a-f]$/, "the letter of an availability zone, a to f").describe(
    "Letter of its availability zone: `a` means `<region>a`. A plan asks AWS whether that is so.",
  ),
});

const subnets = () => z.record(addressName(), existingSubnet);

/** A VPC that somebody else owns: its subnets, routes, ways out and endpoints are there. */
export const existingNetworkSchema = z.strictObject({
  vpc_id: idOf("vpc").describe("Id of the VPC, whose range is `network.vpc_cidr`."),
  public_subnets: subnets().default({}).describe("Its public subnets, by name, if the platform uses any."),
  private_subnets: subnets().describe(
    "Its subnets for EMR and MWAA, by name, in two zones at least; each gets the tag that EMR asks for.",
  ),
  database_subnets: subnets().describe("Its subnets for databases, by name, in two zones at least."),
});

type Parts = ValidParts<{ network: { existing?: z.output<typeof existingNetworkSchema> | undefined } }>;

/** What says how a VPC is made, and so says nothing of one that is there. */
const ofCreatedVpc = [
  "vpc_name",
  "public_subnets",
  "private_subnets",
  "database_subnets",
  "nat_gateways",
  "endpoints",
  "interface_endpoints",
  "flow_logs",
] as const;

/** A VPC is created or it is there; of one that is there the range has to be said. */
function existingNetworkRule({ network }: Parts, report: Report, file: FileFacts): void {
  if (network?.existing === undefined) return;
  for (const key of ofCreatedVpc) {
    if (!file.says(["network", key])) continue;
    const message = "is for a VPC that is created, and network.existing names one that is there";
    report(["network", key], message, "remove one of the two");
  }
  if (file.says(["network", "vpc_cidr"])) return;
  const remedy = "add network.vpc_cidr: VPN clients are kept outside it, and a plan compares it with AWS";
  report(["network", "existing"], "lacks the range of its VPC beside it", remedy);
}

/** Each subnet that is there has one name: two tiers in one subnet would be none. */
function existingSubnetRule({ network }: Parts, report: Report): void {
  const named = (["public_subnets", "private_subnets", "database_subnets"] as const).flatMap((kind) =>
    Object.entries(network?.existing?.[kind] ?? {}).map(([name, subnet]) => ({
      path: ["network", "existing", kind, name],
      id: subnet?.id,
    })),
  );
  named.forEach(({ path, id }, index) => {
    const first = named.findIndex((other) => id !== undefined && other.id === id);
    if (first === -1 || first === index) return;
    report([...path, "id"], `is ${named[first]?.path.join(".")} again`, "use a subnet of its own");
  });
}

/** The rules about a VPC that exists already. */
export const existingNetworkRules: readonly DocumentedRule<Parts>[] = [
  {
    says: "`network` describes a VPC to create, or names one that is there in `existing`, with its range in `vpc_cidr`; each subnet that is there is named once.",
    check: [existingNetworkRule, existingSubnetRule],
  },
];
