import type { Construct } from "constructs";
import { ServiceRole } from "../../modules/iam/service-role";
import { EncryptionKey } from "../../modules/kms/encryption-key";
import { databaseName, PostgresDatabase, port } from "../../modules/rds/postgres-database";
import { inOrder } from "../../modules/subnets/subnets";
import { awsManagedPolicyArn } from "../../policies/arn";
import { logGroupKeyPolicy } from "../../policies/kms";
import { databaseMonitoringTrust } from "../../policies/trust";
import { EnvironmentStack, type EnvironmentStackProps } from "../core/environment-stack";
import { type Publisher, Upstream } from "../core/upstream";
import type { networkFacts } from "../network/facts";
import { metadataFacts } from "./facts";

export interface MetadataStackProps extends EnvironmentStackProps {
  readonly network: Publisher<typeof networkFacts>;
}

/**
 * The metadata store: one PostgreSQL, and a key of its own, so that a snapshot can be handed on or restored without
 * opening the lake.
 */
export class MetadataStack extends EnvironmentStack<typeof metadataFacts> {
  constructor(scope: Construct, { config, ...upstream }: MetadataStackProps) {
    super(scope, metadataFacts, config);
    const network = new Upstream(this, upstream.network);
    const { metadata } = config;
    const name = `${this.names.prefix}-metadata`;
    const { key } = new EncryptionKey(this, "metadata", {
      alias: name,
      description: `Database of runs of ${this.names.prefix} and its password and logs`,
      policy: logGroupKeyPolicy(this.place, `/aws/rds/instance/${name}/*`),
    });
    const database = new PostgresDatabase(this, "store", {
      name,
      key,
      network: {
        subnetIds: inOrder(config.network.database_subnets).map(([subnet]) =>
          network.text(`database_subnet_${subnet}_id`),
        ),
        securityGroupId: network.text("metadata_security_group_id"),
      },
      size: {
        version: metadata.postgres_version,
        instanceClass: metadata.instance_class,
        allocatedStorage: metadata.allocated_storage_gb,
        maximumStorage: metadata.maximum_storage_gb,
        multiAz: metadata.multi_az,
      },
      care: {
        backupRetentionDays: metadata.backup_retention_days,
        maintenanceWindow: metadata.weekly_maintenance_window,
        logRetentionDays: metadata.log_retention_days,
        deletionProtection: metadata.deletion_protection,
        finalSnapshot: metadata.final_snapshot,
      },
      monitoring: this.monitoringRole(name),
    });
    const { instance } = database;
    this.publishFacts({
      address: instance.address,
      port,
      database: databaseName,
      secret_arn: instance.masterUserSecret.get(0).secretArn,
      metadata_database_id: instance.resourceId,
      metadata_instance: instance.identifier,
      metadata_kms_key_arn: key.arn,
    });
  }

  private monitoringRole(instance: string): ServiceRole {
    return new ServiceRole(this, "monitoring", {
      name: `${this.names.prefix}-metadata-monitoring`,
      description: "Metrics of the database server",
      trust: databaseMonitoringTrust(this.place, instance),
      policies: {},
      managed: { managed: awsManagedPolicyArn(this.place, "service-role/AmazonRDSEnhancedMonitoringRole") },
    });
  }
}
