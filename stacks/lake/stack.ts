import type { Construct } from "constructs";
import type { EnvironmentConfig } from "../../config";
import { prefixOf, type ZoneName } from "../../contracts/layout";
import { EncryptionKey } from "../../modules/kms/encryption-key";
import { Bucket, type BucketProps } from "../../modules/storage/bucket";
import type { LifecycleRule } from "../../modules/storage/bucket-lifecycle";
import { dataKeyPolicy } from "../../policies/kms";
import { allowLogDelivery } from "../../policies/s3";
import { EnvironmentStack, type EnvironmentStackProps } from "../core/environment-stack";
import { lakeBucketOf, serverlessLogGroup } from "../core/names";
import { lakeFacts } from "./facts";

/**
 * The data lake: one key, and the buckets of data (its zones are in `contracts/platform-layout.json`), artifacts (`etl/`, `dags/`,
 * `airflow/`), logs (`logs/`), query results (`results/`), and the logs of access to these four.
 */
export class LakeStack extends EnvironmentStack<typeof lakeFacts> {
  constructor(scope: Construct, { config }: EnvironmentStackProps) {
    super(scope, lakeFacts, config);
    const days = config.lake.lifecycle;
    const key = new EncryptionKey(this, "lake", {
      alias: `${this.names.prefix}-data`,
      description: `Data and code and logs and Airflow of ${this.names.prefix}`,
      policy: dataKeyPolicy(this.place, [
        `airflow-${this.names.airflowEnvironment}-*`,
        serverlessLogGroup(this.names),
      ]),
    }).key;
    const accessLogs = this.bucket("access_logs", {
      rules: [
        ...kept(days.noncurrent_expire_days),
        { id: "access-logs", expireAfter: days.logs_expire_days },
      ],
    });
    const data = this.bucket("data", { key, accessLogs, refuseOtherKeys: true, rules: dataRules(days) });
    const artifacts = this.bucket("artifacts", {
      key,
      accessLogs,
      refuseOtherKeys: true,
      rules: kept(days.noncurrent_expire_days),
    });
    // EMR pushes cluster logs in its own way, so other keys are not refused here; the bucket's key is the default.
    const logs = this.bucket("logs", {
      key,
      accessLogs,
      rules: [
        ...kept(days.noncurrent_expire_days),
        { id: "logs", prefix: "logs/", expireAfter: days.logs_expire_days },
      ],
    });
    // A result is written once and may repeat personal data: expired, it is gone the next day.
    const athena = this.bucket("athena", {
      key,
      accessLogs,
      refuseOtherKeys: true,
      rules: [...kept(1), { id: "results", expireAfter: config.catalog.results_expire_days }],
    });
    const sources = [data, artifacts, logs, athena];
    for (const source of sources) source.attachPolicy();
    const arns = sources.map((source) => source.bucket);
    accessLogs.attachPolicy(allowLogDelivery(accessLogs.bucket, this.place, arns));
    this.publishFacts({
      data_bucket: data.id,
      artifacts_bucket: artifacts.id,
      logs_bucket: logs.id,
      data_kms_key_arn: key.arn,
      query_results_bucket: athena.id,
    });
  }

  private bucket(id: string, props: Omit<BucketProps, "name" | "forceDestroy">): Bucket {
    return new Bucket(this, id, {
      name: lakeBucketOf(this.config, id),
      forceDestroy: this.config.lake.force_destroy,
      ...props,
    });
  }
}

type Lifecycle = EnvironmentConfig["lake"]["lifecycle"];

/** Everything current stays; versions that were overwritten or deleted go. */
function kept(noncurrentExpireAfter: number): LifecycleRule[] {
  return [{ id: "noncurrent-versions", noncurrentExpireAfter }];
}

/**
 * Only raw data moves to cheaper classes. Runs and queries read tables in full, and Standard-IA charges for each read more
 * than it saves on storage: 0.01 $ a GB read, against 0.0105 $ a GB and month in Northern Virginia. Its least duration of
 * 30 days is billed for files that compaction rewrites earlier, too. The history of tables is in their snapshots, so what
 * these no longer need is kept for mistakes only.
 * Source: Amazon S3 pricing, Standard and Standard-Infrequent Access, summer 2026.
 */
function dataRules(days: Lifecycle): LifecycleRule[] {
  const infrequentAccessAfter = days.infrequent_access_after_days;
  const rewritten = Math.min(days.rewritten_expire_days, days.noncurrent_expire_days);
  return [
    ...kept(days.noncurrent_expire_days),
    { ...zoneRule("raw"), infrequentAccessAfter, archiveAfter: days.archive_after_days },
    { ...zoneRule("curated"), noncurrentExpireAfter: rewritten },
    { ...zoneRule("marts"), noncurrentExpireAfter: rewritten },
    { ...zoneRule("staged"), expireAfter: days.staged_expire_days },
    // What was refused may be about anybody: once it has expired, no version of it stays to be read.
    {
      ...zoneRule("quarantine"),
      expireAfter: days.quarantine_expire_days,
      noncurrentExpireAfter: 1,
    },
  ];
}

function zoneRule(zone: ZoneName): Pick<LifecycleRule, "id" | "prefix"> {
  return { id: zone, prefix: prefixOf(zone) };
}
