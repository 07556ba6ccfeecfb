import ipaddr from "ipaddr.js";

/** An IPv4 range: its first and last address as numbers, and the length of its prefix. */
export interface Cidr {
  readonly first: number;
  readonly last: number;
  readonly prefix: number;
}

/** Reads a range such as `10.100.0.0/16`; `undefined` when the text is not one. Host bits are dropped. */
export function parseCidr(text: string): Cidr | undefined {
  if (!ipaddr.IPv4.isValidCIDRFourPartDecimal(text) || /\/0\d/.test(text)) return undefined;
  const [address, prefix] = ipaddr.IPv4.parseCIDR(text);
  const size = 2 ** (32 - prefix);
  const first = Math.floor(toNumber(address) / size) * size;
  return { first, last: first + size - 1, prefix };
}

/** Writes a range the way AWS does: its first address and the prefix, so host bits are always zero. */
export function formatCidr({ first, prefix }: Cidr): string {
  const octets = [24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256);
  return `${octets.join(".")}/${prefix}`;
}

export function contains(outer: Cidr, inner: Cidr): boolean {
  return outer.first <= inner.first && inner.last <= outer.last;
}

export function overlaps(one: Cidr, other: Cidr): boolean {
  return one.first <= other.last && other.first <= one.last;
}

/** The first range of this prefix length inside `outer` that meets none of `taken`; `undefined` when it is full. */
export function firstFree(outer: Cidr, prefix: number, taken: readonly Cidr[]): Cidr | undefined {
  const size = 2 ** (32 - prefix);
  let first = outer.first;
  while (first + size - 1 <= outer.last) {
    const candidate = { first, last: first + size - 1, prefix };
    const obstacle = taken.find((range) => overlaps(range, candidate));
    if (obstacle === undefined) return candidate;
    first = (Math.floor(obstacle.last / size) + 1) * size;
  }
  return undefined;
}

function toNumber(address: ipaddr.IPv4): number {
  return address.octets.reduce((sum, octet) => sum * 256 + octet, 0);
}
/** Everybody's addresses, of both versions. */
export function isWorld(cidr: string): boolean {
  return /^(0\.0\.0\.0|::)\/0$/.test(cidr);
}

/**
 * Ranges whose addresses no router of the internet leads to. (RFC 1918 and RFC 6598; RFC 3927 and RFC 1122 for a link's
 * and a host's own, RFC 4193 and RFC 4291 for those of IPv6)
 */
const privateRanges = [
  "10.0.0.0/8",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "100.64.0.0/10",
  "169.254.0.0/16",
  "127.0.0.0/8",
  "fc00::/7",
  "fe80::/10",
  "::1/128",
];

/** Whether a range or an address has public ones in it. What is no range, such as an expression, has none. */
export function isPublic(cidr: string): boolean {
  return parse(cidr) !== undefined && !privateRanges.some((range) => cidrCovers(range, cidr));
}

/** Whether every address of `other` is in `range`. What is no range, such as an expression, is in itself alone. */
export function cidrCovers(range: string, other: string): boolean {
  if (range === other) return true;
  const [one, two] = [parse(range), parse(other)];
  if (one === undefined || two === undefined) return range === "0.0.0.0/0" && !other.includes(":");
  if (one.address.kind() !== two.address.kind()) return false;
  return one.bits <= two.bits && two.address.match(one.address, one.bits);
}

interface Range {
  readonly address: ipaddr.IPv4 | ipaddr.IPv6;
  readonly bits: number;
}

function parse(text: string): Range | undefined {
  if (ipaddr.isValidCIDR(text)) {
    const [address, bits] = ipaddr.parseCIDR(text);
    return { address, bits };
  }
  if (!ipaddr.isValid(text)) return undefined;
  const address = ipaddr.parse(text);
  return { address, bits: address.kind() === "ipv4" ? 32 : 128 };
}
