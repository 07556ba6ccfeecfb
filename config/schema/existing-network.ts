import { z } from "zod";
import { addressName, text } from "./fields";

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
