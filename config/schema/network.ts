import { z } from "zod";
import { interfaceEndpoints, requiredInterfaceEndpoints } from "../catalogue/interface-endpoints";
import { existingNetworkSchema } from "./existing-network";
import { addressName, cidr, distinct, logRetention, tagValue, text } from "./fields";

const subnet = (example: string) =>
  z.strictObject({
    cidr: cidr(16, 28, example).describe(
      "Range of the subnet, inside `vpc_cidr` and apart from every other subnet.",
    ),
    zone: text(/^[a-f]$/, "the letter of an availability zone, a to f").describe(
      "Letter of the availability zone: `a` means `<region>a`.",
    ),
  });

const flowLogsSchema = z.strictObject({
  traffic: z
    .enum(["ALL", "REJECT"])
    .default("ALL")
    .describe("Which connections are written down: all, or those that were refused: cheaper."),
  retention_days: logRetention().default(365).describe("Days the log is kept."),
});

/** The VPC and its subnets. Sizes: Amazon VPC User Guide, "VPC CIDR blocks" and "Subnet CIDR blocks". */
export const networkSchema = z.strictObject({
  vpc_name: tagValue().default("big-data-VPC").describe("Name tag of the VPC."),
  vpc_cidr: cidr(16, 28, "10.100.0.0/16").default("10.100.0.0/16").describe("Private range of the VPC."),
  public_subnets: z
    .record(addressName(), subnet("10.100.0.0/24"))
    .default({ vpn: { cidr: "10.100.0.0/24", zone: "a" }, application: { cidr: "10.100.1.0/24", zone: "b" } })
    .describe("Subnets with a route to the internet gateway, by name; they hold the NAT gateways."),
  private_subnets: z
    .record(addressName(), subnet("10.100.3.0/24"))
    .default({ a: { cidr: "10.100.3.0/24", zone: "a" }, b: { cidr: "10.100.4.0/24", zone: "b" } })
    .describe(
      "Subnets of EMR and MWAA, by name, in two zones at least. MWAA uses the first two zones in alphabetical order.",
    ),
  database_subnets: z
    .record(addressName(), subnet("10.100.5.0/24"))
    .default({ a: { cidr: "10.100.5.0/24", zone: "a" }, b: { cidr: "10.100.6.0/24", zone: "b" } })
    .describe("Subnets of databases, by name, in two zones at least, without any route out of the VPC."),
  nat_gateways: z
    .enum(["per_zone", "single", "none"])
    .default("per_zone")
    .describe(
      "One NAT gateway in each zone that has a private subnet; one for all: cheaper, and lost with its zone; or none: nothing leaves but to AWS, by endpoints.",
    ),
  interface_endpoints: distinct(z.enum(interfaceEndpoints), 1, 50)
    .default([...requiredInterfaceEndpoints])
    .describe(
      "Services reached through an interface endpoint instead of the NAT gateway. The defaults are the minimum.",
    ),
  flow_logs: flowLogsSchema.prefault({}).describe("The log of connections in the VPC."),
  existing: existingNetworkSchema.optional().meta({
    description: "A VPC that is there, instead of one that is created.",
    absent: "none",
  }),
  vpn_client_cidr: cidr(12, 22, "10.0.0.0/16")
    .default("10.0.0.0/16")
    .describe(
      "Range reserved for Client VPN users, outside `vpc_cidr`; it cannot be changed once the VPN exists.",
    ),
});
