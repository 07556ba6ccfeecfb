import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { IamSamlProvider } from "@cdktf/provider-aws/lib/iam-saml-provider";
import type { Construct } from "constructs";
import { ClientVpn, type VpnAuthentication, type VpnNetwork } from "../../modules/client-vpn/client-vpn";
import { EncryptionKey } from "../../modules/kms/encryption-key";
import { logGroupKeyPolicy } from "../../policies/kms";
import { EnvironmentStack, type EnvironmentStackProps } from "../core/environment-stack";
import { literal } from "../core/literal";
import { serverCertificateTags } from "../core/names";
import type { Published } from "../core/stack-facts";
import { type Publisher, Upstream } from "../core/upstream";
import type { networkFacts } from "../network/facts";
import { accessFacts } from "./facts";

export interface AccessStackProps extends EnvironmentStackProps {
  readonly network: Publisher<typeof networkFacts>;
}

/** How people come in: the VPN, and the log of who did. The log, and its key, outlive a VPN that is turned off. */
export class AccessStack extends EnvironmentStack<typeof accessFacts> {
  private readonly network: Upstream<typeof networkFacts>;

  constructor(scope: Construct, { config, network }: AccessStackProps) {
    super(scope, accessFacts, config);
    this.network = new Upstream(this, network);
    const logGroup = this.connectionLog();
    this.publishFacts(config.access.vpn.enabled ? this.vpn(logGroup) : {});
  }

  private connectionLog(): CloudwatchLogGroup {
    const name = `/${this.names.prefix}/vpn-connections`;
    const { key } = new EncryptionKey(this, "access", {
      alias: `${this.names.prefix}-access`,
      description: `Connection logs of ${this.names.prefix}`,
      policy: logGroupKeyPolicy(this.place, name),
    });
    return new CloudwatchLogGroup(this, "vpn_connections", {
      name,
      retentionInDays: this.config.access.vpn.log_retention_days,
      kmsKeyId: key.arn,
      lifecycle: { preventDestroy: true },
    });
  }

  private vpn(logGroup: CloudwatchLogGroup): Published<typeof accessFacts> {
    const { vpn } = this.config.access;
    const { endpoint, certificate } = new ClientVpn(this, "vpn", {
      name: `${this.names.prefix}-vpn`,
      network: this.vpnNetwork(),
      certificateTags: serverCertificateTags(this.config),
      authentication: this.authentication(),
      authorizations: vpn.authorizations,
      sessionHours: vpn.session_hours,
      banner: literal(vpn.login_banner),
      logGroup,
    });
    return {
      vpn_endpoint_id: endpoint.id,
      vpn_endpoint_dns_name: endpoint.dnsName,
      vpn_server_certificate_arn: certificate.arn,
    };
  }

  private vpnNetwork(): VpnNetwork {
    const { network, access } = this.config;
    return {
      vpcId: this.network.text("vpc_id"),
      vpcCidr: network.vpc_cidr,
      clientCidr: network.vpn_client_cidr,
      securityGroupId: this.network.text("vpn_security_group_id"),
      subnetIds: Object.fromEntries(
        access.vpn.target_subnets.map((name) => [name, this.network.text(subnetOutput(name))]),
      ),
    };
  }

  private authentication(): VpnAuthentication {
    const { authentication } = this.config.access.vpn;
    if (authentication.kind === "certificate") return authentication;
    const { kind, provider, ...portal } = authentication;
    const providerArn = "arn" in provider ? provider.arn : this.samlProvider(provider.metadata).arn;
    return { kind, providerArn, ...portal };
  }

  private samlProvider(metadata: string): IamSamlProvider {
    return new IamSamlProvider(this, "vpn_saml", {
      name: `${this.names.prefix}-vpn`,
      samlMetadataDocument: literal(metadata),
    });
  }
}

/** The output that holds a subnet's id: `public_subnet_vpn_id` for `public_vpn`. */
function subnetOutput(subnet: string): `${"public" | "private"}_subnet_${string}_id` {
  const [kind, ...name] = subnet.split("_");
  return `${kind === "public" ? kind : "private"}_subnet_${name.join("_")}_id`;
}
