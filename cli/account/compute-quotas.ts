import {
  GetAWSDefaultServiceQuotaCommand,
  GetServiceQuotaCommand,
  ServiceQuotasClient,
} from "@aws-sdk/client-service-quotas";
import type { EnvironmentConfig } from "../../config";
import { absentOn, type Read, readAws, withClient } from "./aws-read";
import { ok, type Verdict, verdict } from "./verdict";

/** A quota of vCPUs, and what the environment asks of it. */
interface Quota {
  readonly service: string;
  readonly code: string;
  readonly name: string;
  /** vCPUs without which nothing starts. */
  readonly atStart: number;
  readonly atMost: number;
}

/**
 * Whether the account's quotas let the environment compute: new accounts start with a few vCPUs.
 * Sources: Amazon EC2 User Guide, "Amazon EC2 instance type quotas" and "Spot Instance quotas"; Amazon EMR Serverless
 * User Guide, "Endpoints and quotas for EMR Serverless". The codes are those of the Service Quotas console.
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
    else enough.push(`${value} vCPUs ${quota.name}`);
  }
  if (short.length === 0) return ok(enough.join(", "));
  const details = short.map(({ quota: { name, atStart, atMost }, value }) =>
    value < atStart
      ? `${value} vCPUs ${name}, and a run starts with ${atStart}`
      : `${value} vCPUs ${name}, and a run grows to ${atMost}`,
  );
  const remedies = short.map(
    ({ quota: { service, code, atMost } }) =>
      `aws service-quotas request-service-quota-increase --service-code ${service} --quota-code ${code} --desired-value ${atMost} --region ${region}`,
  );
  const neverStarts = short.some(({ quota, value }) => value < quota.atStart);
  return verdict(neverStarts ? "wrong" : "warning", details.join("; "), remedies.join("; "));
}

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
  return [
    {
      service: "ec2",
      code: "L-1216C47A",
      name: "on demand",
      atStart: primary + core_on_demand_units * core,
      atMost: primary + Math.max(maximum_on_demand_units, core_on_demand_units) * core,
    },
    {
      service: "ec2",
      code: "L-34B43A08",
      name: "on spot",
      atStart: core_spot_units * core,
      atMost: core_spot_units === 0 ? 0 : (maximum_units - core_on_demand_units) * core,
    },
  ];
}

function serverlessQuota({ processing: { serverless } }: EnvironmentConfig): Quota {
  return {
    service: "emr-serverless",
    code: "L-D05C8A75",
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
