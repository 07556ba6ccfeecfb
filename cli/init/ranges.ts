import { type Entry, entry, section } from "./hcl";

/** The subnets of the schema's defaults, by the third number of their range. */
const subnets = {
  public_subnets: { vpn: [0, "a"], application: [1, "b"] },
  private_subnets: { a: [3, "a"], b: [4, "b"] },
  database_subnets: { a: [5, "a"], b: [6, "b"] },
} as const;

/** As many as have a range of VPN clients each between 172.20.0.0 and 172.30.255.255: 172.31.0.0/16 is AWS's default VPC. */
const most = 11;

/**
 * The ranges of one environment of several, apart from those of the others, so that they can be connected one day.
 * Beyond eleven it is the schema's defaults, and `platform check` warns.
 *
 * @param index position of the environment, from 0
 */
export function rangesOf(index: number): Entry[] {
  if (index >= most) return [];
  const vpc = `10.${100 + index}`;
  const why =
    "Apart from every other environment's, so that they can be connected: neither can be changed later.";
  const ranges = [
    entry("vpc_cidr", `${vpc}.0.0/16`, why),
    entry("vpn_client_cidr", `172.${20 + index}.0.0/16`),
  ];
  const placed = Object.entries(subnets).map(([kind, named]) =>
    section(
      kind,
      Object.entries(named).map(([name, [third, zone]]) =>
        section(name, [entry("cidr", `${vpc}.${third}.0/24`), entry("zone", zone)]),
      ),
    ),
  );
  // The first has the default range of the VPC, and with it the subnets' defaults.
  return index === 0 ? ranges : [...ranges, ...placed];
}
