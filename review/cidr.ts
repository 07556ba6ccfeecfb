import ipaddr from "ipaddr.js";

/** Everybody's addresses, of both versions. */
export function isWorld(cidr: string): boolean {
  return /^(0\.0\.0\.0|::)\/0$/.test(cidr);
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
