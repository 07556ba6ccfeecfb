import type { Construct } from "constructs";
import { type PlacedGroupProps, SecurityGroup, tcp } from "../private-sg/security-group";

export interface MetadataSecurityGroupProps extends PlacedGroupProps {
  /** Who may connect, by a name for the rules. */
  readonly clients: Readonly<Record<string, SecurityGroup>>;
}

/** Source: Amazon RDS User Guide, "Settings for DB instances", default port of PostgreSQL. */
const postgresql = tcp(5432);

/**
 * The group of the metadata database: PostgreSQL from the named groups, nothing else in and nothing out. Each client
 * gets the rule out as well, since most of them let out HTTPS only.
 * Source: Amazon RDS User Guide, "Controlling access with security groups".
 */
export class MetadataSecurityGroup extends SecurityGroup {
  constructor(scope: Construct, id: string, props: MetadataSecurityGroupProps) {
    super(scope, id, {
      vpc: props.vpc,
      name: props.name,
      description: "Metadata database on RDS for PostgreSQL",
    });
    for (const [name, client] of Object.entries(props.clients)) {
      const words = name.replaceAll("_", " ");
      this.allowFrom(`from_${name}`, { group: client }, postgresql, `PostgreSQL from ${words}`);
      client.allowTo("to_metadata", { group: this }, postgresql, "PostgreSQL to the metadata database");
    }
  }
}
