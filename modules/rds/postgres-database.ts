import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { DbInstance } from "@cdktf/provider-aws/lib/db-instance";
import { DbParameterGroup } from "@cdktf/provider-aws/lib/db-parameter-group";
import { DbSubnetGroup } from "@cdktf/provider-aws/lib/db-subnet-group";
import type { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { Construct } from "constructs";
import type { ServiceRole } from "../iam/service-role";
import { windowsFrom } from "./maintenance-windows";

export interface PostgresDatabaseProps {
  /** Name of the instance, and the first part of what belongs to it. */
  readonly name: string;
  /** Key of the disk, the backups, the password's secret, the logs and Performance Insights. */
  readonly key: KmsKey;
  readonly network: DatabaseNetwork;
  readonly size: DatabaseSize;
  readonly care: DatabaseCare;
  /** Role that sends the server's own metrics. */
  readonly monitoring: ServiceRole;
}

export interface DatabaseNetwork {
  /** In two zones at least. Source: Amazon RDS User Guide, "Working with a DB instance in a VPC". */
  readonly subnetIds: readonly string[];
  readonly securityGroupId: string;
}

export interface DatabaseSize {
  /** Major version: `17`. */
  readonly version: string;
  readonly instanceClass: string;
  /** GiB. */
  readonly allocatedStorage: number;
  /** GiB that RDS may grow to by itself. */
  readonly maximumStorage: number;
  readonly multiAz: boolean;
}

/** How the database is kept. */
export interface DatabaseCare {
  readonly backupRetentionDays: number;
  /** `SUN:04:00`, UTC. */
  readonly maintenanceWindow: string;
  readonly logRetentionDays: number;
  readonly deletionProtection: boolean;
  readonly finalSnapshot: boolean;
}

/** Its port; the network's rules name it too. */
export const port = 5432;

/** The one database of the instance. */
export const databaseName = "platform";

/** What RDS exports. Source: Amazon RDS User Guide, "Publishing PostgreSQL logs to Amazon CloudWatch Logs". */
const logs = ["postgresql", "upgrade"] as const;

/** Statements from this length on are logged, in milliseconds. */
const slowStatement = 1000;

/**
 * PostgreSQL on RDS: encrypted, over TLS only, with a password that RDS makes, keeps in Secrets Manager and rotates
 * every seven days, so that nobody hands one in; backed up continuously; protected from destruction.
 * Sources: Amazon RDS User Guide, "Security best practices for Amazon RDS" and "Password management with Amazon RDS and
 * AWS Secrets Manager".
 */
export class PostgresDatabase extends Construct {
  readonly instance: DbInstance;
  readonly parameters: DbParameterGroup;
  readonly subnets: DbSubnetGroup;
  readonly logGroups: readonly CloudwatchLogGroup[];

  constructor(scope: Construct, id: string, props: PostgresDatabaseProps) {
    super(scope, id);
    const { name, key, network, size, care } = props;
    this.subnets = new DbSubnetGroup(this, "db_subnet_group", { name, subnetIds: [...network.subnetIds] });
    this.parameters = this.parameterGroup(name, size.version);
    // RDS would make them itself: kept for ever, and not under our key.
    this.logGroups = logs.map(
      (log) =>
        new CloudwatchLogGroup(this, log, {
          name: `/aws/rds/instance/${name}/${log}`,
          retentionInDays: care.logRetentionDays,
          kmsKeyId: key.arn,
        }),
    );
    this.instance = new DbInstance(this, "db_instance", {
      identifier: name,
      dbName: databaseName,
      dbSubnetGroupName: this.subnets.name,
      vpcSecurityGroupIds: [network.securityGroupId],
      parameterGroupName: this.parameters.name,
      port,
      publiclyAccessible: false,
      // Names the authority whose certificates clients trust. Source: Amazon RDS User Guide, "Using SSL/TLS to encrypt a connection".
      caCertIdentifier: "rds-ca-rsa2048-g1",
      ...engineOf(size),
      ...secretsOf(key),
      ...careOf(name, care),
      ...observationOf(props),
      dependsOn: [...this.logGroups],
      lifecycle: { preventDestroy: true },
    });
  }

  /** Named by the major version, so that an upgrade finds the new family's group before the old one goes. */
  private parameterGroup(instance: string, version: string): DbParameterGroup {
    const logged = {
      log_connections: "1",
      log_min_duration_statement: String(slowStatement),
      log_statement: "ddl",
    };
    return new DbParameterGroup(this, "db_parameter_group", {
      name: `${instance}-postgres${version}`,
      family: `postgres${version}`,
      parameter: [
        // On from 15 on, said all the same. AWS reports a default as pending, and any other word here would be a change
        // in every plan.
        { name: "rds.force_ssl", value: "1", applyMethod: "pending-reboot" },
        ...Object.entries(logged).map(([name, value]) => ({ name, value })),
      ],
      lifecycle: { createBeforeDestroy: true },
    });
  }
}

function engineOf(size: DatabaseSize) {
  return {
    engine: "postgres",
    engineVersion: size.version,
    autoMinorVersionUpgrade: true,
    allowMajorVersionUpgrade: false,
    instanceClass: size.instanceClass,
    multiAz: size.multiAz,
    storageType: "gp3",
    allocatedStorage: size.allocatedStorage,
    maxAllocatedStorage: size.maximumStorage,
  };
}

function secretsOf(key: KmsKey) {
  return {
    username: "platform_admin",
    manageMasterUserPassword: true,
    masterUserSecretKmsKeyId: key.arn,
    iamDatabaseAuthenticationEnabled: true,
    storageEncrypted: true,
    kmsKeyId: key.arn,
  };
}

function careOf(name: string, care: DatabaseCare) {
  const windows = windowsFrom(care.maintenanceWindow);
  return {
    backupRetentionPeriod: care.backupRetentionDays,
    backupWindow: windows.backup,
    maintenanceWindow: windows.maintenance,
    copyTagsToSnapshot: true,
    deletionProtection: care.deletionProtection,
    // With a final snapshot the continuous backups stay too, for as long as they were to be kept.
    deleteAutomatedBackups: !care.finalSnapshot,
    skipFinalSnapshot: !care.finalSnapshot,
    ...(care.finalSnapshot ? { finalSnapshotIdentifier: `${name}-final` } : {}),
  };
}

/** Seven days of Performance Insights cost nothing. Source: Amazon RDS User Guide, "Pricing and data retention for Performance Insights". */
function observationOf({ key, monitoring }: PostgresDatabaseProps) {
  return {
    enabledCloudwatchLogsExports: [...logs],
    performanceInsightsEnabled: true,
    performanceInsightsKmsKeyId: key.arn,
    performanceInsightsRetentionPeriod: 7,
    monitoringInterval: 60,
    monitoringRoleArn: monitoring.arn,
  };
}
