import {
  GetAWSDefaultServiceQuotaCommand,
  GetServiceQuotaCommand,
  ServiceQuotasClient,
} from "@aws-sdk/client-service-quotas";
import type { EnvironmentConfig } from "../../config";
import { absentOn, type Read, readAws, withClient } from "./aws-read";
import { ok, type Verdict, verdict } from "./verdict";

/** A quota, and what the environment asks of it. */
interface Quota {
  readonly service: string;
  readonly code: string;
  readonly unit: "vCPUs" | "TiB";
  readonly name: string;
  /** Units without which nothing starts. */
  readonly atStart: number;
  readonly atMost: number;
}

/**
 * Checks that the account's quotas suffice for the environment's runs: new accounts start with a few vCPUs and little disk.
 * Sources: Amazon EC2 User Guide, "Amazon EC2 instance type quotas" and "Spot Instance quotas"; AWS General Reference,
 * "Amazon Elastic Block Store endpoints and quotas"; Amazon EMR Serverless User Guide, "Endpoints and quotas for EMR Serverless". The codes are those of the Service Quotas console.
 */
export async function checkComputeQuotas(config: EnvironmentConfig): Promise<Verdict> {
  const { region } = config;
  const quotas = config.processing.compute === "emr" ? clusterQuotas(config) : [serverlessQuota(config)];
  const short: { readonly quota: Quota; readonly value: number }[] = [];
  const enough: string[] = [];
  for (const quota of quotas) {
    const read = await readQuota(region, quota);
    if ("unread" in read) return verdict("unknown", read.unread, read.remedy);
    const { value } = read;
    if (value < quota.atMost) short.push({ quota, value });
    else enough.push(sizeOf(quota, value));
  }
  if (short.length === 0) return ok(enough.join(", "));
  const details = short.map(({ quota, value }) =>
    value < quota.atStart
      ? `${sizeOf(quota, value)}, and a run starts with ${quota.atStart}`
      : `${sizeOf(quota, value)}, and a run grows to ${quota.atMost}`,
  );
  const remedies = short.map(
    ({ quota: { service, code, atMost } }) =>
      `aws service-quotas request-service-quota-increase --service-code ${service} --quota-code ${code} --desired-value ${atMost} --region ${region}`,
  );
  const neverStarts = short.some(({ quota, value }) => value < quota.atStart);
  return verdict(neverStarts ? "wrong" : "warning", details.join("; "), remedies.join("; "));
}

const sizeOf = ({ unit, name }: Quota, value: number): string => `${value} ${unit} ${name}`;

/** Standard families share the two quotas; others (graphics, much memory) have their own. */
const standard = /^[acdhimrtz]/;

/** vCPUs of an instance of a standard family: four for `xlarge`, and as many times that as its size says. */
function vcpusOf(type: string): number {
  const [, times = "1"] = /\.(\d*)xlarge$/.exec(type) ?? [];
  return 4 * Number(times || "1");
}

/** EMR takes whichever type has capacity: the biggest decides. */
function biggest(types: readonly string[]): number {
  return Math.max(0, ...types.filter((type) => standard.test(type)).map(vcpusOf));
}

function clusterQuotas({ processing }: EnvironmentConfig): Quota[] {
  const primary = biggest(processing.primary_instance_types);
  const core = biggest(processing.core_instance_types);
  const { core_on_demand_units, core_spot_units, maximum_on_demand_units, maximum_units } = processing;
  const task = maximum_units > processing.maximum_core_units ? 1 : 0;
  const [taskOnDemand, taskOnSpot] = core_spot_units === 0 ? [task, 0] : [0, task];
  return [
    {
      service: "ec2",
      code: "L-1216C47A",
      unit: "vCPUs",
      name: "on demand",
      atStart: primary + (core_on_demand_units + taskOnDemand) * core,
      atMost: primary + Math.max(maximum_on_demand_units, core_on_demand_units + taskOnDemand) * core,
    },
    {
      service: "ec2",
      code: "L-34B43A08",
      unit: "vCPUs",
      name: "on spot",
      atStart: (core_spot_units + taskOnSpot) * core,
      atMost: core_spot_units === 0 ? 0 : (maximum_units - core_on_demand_units) * core,
    },
    diskQuota(processing),
  ];
}

/** GiB for each vCPU where the configuration names no size: runs never ask for less (docs/sizing.md). */
const leastDisk = 16;

/** Disks of core and task nodes; what a run adds to the least with its volume is not known before it. */
function diskQuota(processing: EnvironmentConfig["processing"]): Quota {
  const { core_instance_types, core_on_demand_units, core_spot_units, maximum_units } = processing;
  const each = processing.node_disk_gb ?? leastDisk * Math.max(...core_instance_types.map(vcpusOf));
  const inTebibytes = (nodes: number) => Math.ceil((nodes * each) / 1024);
  return {
    service: "ebs",
    code: "L-7A658B76",
    unit: "TiB",
    name: "of gp3 disks",
    atStart: inTebibytes(core_on_demand_units + core_spot_units),
    atMost: inTebibytes(maximum_units),
  };
}

function serverlessQuota({ processing: { serverless } }: EnvironmentConfig): Quota {
  return {
    service: "emr-serverless",
    code: "L-D05C8A75",
    unit: "vCPUs",
    name: "on EMR Serverless",
    atStart: serverless.driver.vcpu + serverless.executor.vcpu,
    atMost: serverless.maximum_vcpu,
  };
}

/** The account's value; AWS's own where the account has none yet. */
function readQuota(region: string, { service, code }: Quota): Promise<Read<number>> {
  const asked = { ServiceCode: service, QuotaCode: code };
  return readAws("servicequotas:GetServiceQuota", () =>
    withClient(
      (options) => new ServiceQuotasClient({ ...options, region }),
      async (client) => {
        const own = await client
          .send(new GetServiceQuotaCommand(asked))
          .catch(absentOn("NoSuchResourceException"));
        const { Quota } = own ?? (await client.send(new GetAWSDefaultServiceQuotaCommand(asked)));
        return Quota?.Value ?? 0;
      },
    ),
  );
}
