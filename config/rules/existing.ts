import type { Report } from "../problems";
import type { FileFacts, Parts } from "./rule";

/** What says how a VPC is made, and so says nothing of one that is there. */
const ofCreatedVpc = [
  "vpc_name",
  "public_subnets",
  "private_subnets",
  "database_subnets",
  "nat_gateways",
  "interface_endpoints",
  "flow_logs",
] as const;

/** A VPC is created or it is there; of one that is there the range has to be said. */
export function existingNetworkRule({ network }: Parts, report: Report, file: FileFacts): void {
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
export function existingSubnetRule({ network }: Parts, report: Report): void {
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
