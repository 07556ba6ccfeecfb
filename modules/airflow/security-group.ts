import type { Construct } from "constructs";
import { everything, type PlacedGroupProps, SecurityGroup, tcp } from "../private-sg/security-group";

export interface AirflowSecurityGroupProps extends PlacedGroupProps {
  /** The group of Client VPN, whose users open the web server. */
  readonly vpn: SecurityGroup;
}

/**
 * The group of an MWAA environment: it lets itself in, lets the VPC and the users of the VPN reach the private web
 * server by HTTPS, and lets everything out, mail servers included.
 * Source: Amazon MWAA User Guide, "Security in your VPC on Amazon MWAA", self-referencing security group.
 */
export class AirflowSecurityGroup extends SecurityGroup {
  constructor(scope: Construct, id: string, props: AirflowSecurityGroupProps) {
    super(scope, id, { vpc: props.vpc, name: props.name, description: "Airflow environment on MWAA" });
    this.allowFrom("from_itself", { group: this }, everything, "Airflow components among themselves");
    this.allowFrom(
      "https_from_vpc",
      { cidr: props.vpc.cidrBlock },
      tcp(443),
      "Web server from inside the VPC",
    );
    this.allowFrom("https_from_vpn", { group: props.vpn }, tcp(443), "Web server from the VPN");
    this.allowTo("to_anywhere", { cidr: "0.0.0.0/0" }, everything, "AWS services and mail servers");
  }
}
