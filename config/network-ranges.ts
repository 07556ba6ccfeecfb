import { type Cidr, firstFree, formatCidr, overlaps, parseCidr } from "../base/cidr";
import type { Neighbour } from "./accounts";
import type { Path } from "./problems";
import type { Parts } from "./rules";

/** The warnings about several environments in words, for the reference. */
export const rangeWarningsSay: readonly string[] = [
  "Warned of, not refused: environments whose `vpc_cidr` or `vpn_client_cidr` overlap. They can never be connected, and nobody can be in two of their VPNs at once; neither range can be changed later without a new VPC or VPN.",
];

/** One range of one environment. */
interface Named {
  readonly owner: Neighbour;
  readonly path: Path;
  readonly range: Cidr;
  /** Where a free range is looked for; its size stays. */
  readonly from: Cidr;
}

/** VPCs in 10.0.0.0/8 and clients in 172.16.0.0/12, so that neither grows into the other. */
const blocks = {
  vpc_cidr: { first: 0x0a000000, last: 0x0affffff, prefix: 8 },
  vpn_client_cidr: { first: 0xac100000, last: 0xac1fffff, prefix: 12 },
};

function rangesOf(owner: Neighbour): Named[] {
  const { parts } = owner;
  const keys = clientsIn(parts) ? (["vpc_cidr", "vpn_client_cidr"] as const) : (["vpc_cidr"] as const);
  return keys.flatMap((key) => {
    const range = parseCidr(parts.network?.[key] ?? "");
    return range === undefined ? [] : [{ owner, path: ["network", key], range, from: blocks[key] }];
  });
}

function clientsIn(parts: Parts): boolean {
  return parts.access?.vpn?.enabled === true;
}

/**
 * Warns of each range that overlaps one of an earlier environment. It is a warning because an environment that is applied
 * cannot change its ranges.
 * Sources: Amazon VPC User Guide, "VPC peering connections"; AWS Client VPN Administrator Guide, "Rules and best
 * practices".
 */
export function rangeWarnings(neighbours: readonly Neighbour[]): void {
  const all = neighbours.flatMap(rangesOf);
  const taken = all.map(({ range }) => range);
  all.forEach(({ owner, path, range, from }, index) => {
    const other = all.slice(0, index).find((one) => one.owner !== owner && overlaps(one.range, range));
    if (other === undefined) return;
    const free = firstFree(from, range.prefix, taken);
    if (free !== undefined) taken.push(free);
    const message = `overlaps ${other.path.join(".")} ${formatCidr(other.range)} of ${other.owner.file}: the two can never be connected`;
    const example = free === undefined ? "" : `, for example ${formatCidr(free)}`;
    owner.warn(path, message, `before the first apply, use a range apart from it${example}`);
  });
}
