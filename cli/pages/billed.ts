import { nameIn, readStackJson, type Stack } from "../terraform/stacks";

type Block = Readonly<Record<string, unknown>>;

/** All resources of some stacks, by type. */
export type Resources = (type: string) => readonly Block[];

/** Something AWS bills. */
export interface Billed {
  readonly what: string;
  /** How much of it an environment has, as its synthesized JSON says; undefined when it has none. */
  readonly count: (resources: Resources) => string | undefined;
  readonly when: string;
  /** Title of AWS's page with the price. */
  readonly pricing: string;
  /** What of the configuration turns it down or off. */
  readonly setting: string;
}

/** Reads the resources of the stacks. */
export function resourcesOf(stacks: readonly Stack[]): Resources {
  const all = stacks.map(({ directory }) => readStackJson(directory).resource ?? {});
  return (type) => all.flatMap((resources) => Object.values(resources[type] ?? {}));
}

const number =
  (type: string): Billed["count"] =>
  (resources) =>
    some(resources(type).length);

function some(count: number): string | undefined {
  return count === 0 ? undefined : String(count);
}

/** An endpoint is billed for each zone that it has a network interface in. */
const endpointZones: Billed["count"] = (resources) => {
  const endpoints = resources("aws_vpc_endpoint").filter(
    ({ vpc_endpoint_type: kind }) => kind === "Interface",
  );
  return some(
    endpoints.reduce((sum, { subnet_ids: zones }) => sum + (Array.isArray(zones) ? zones.length : 0), 0),
  );
};

const database: Billed["count"] = (resources) =>
  resources("aws_db_instance")
    .map(
      (one) => `${one.instance_class}${one.multi_az ? ", in two zones" : ""}, ${one.allocated_storage} GiB`,
    )
    .join("; ") || undefined;

const airflow: Billed["count"] = (resources) =>
  resources("aws_mwaa_environment")
    .map((one) => `${one.environment_class}, ${one.min_workers} to ${one.max_workers} workers`)
    .join("; ") || undefined;

const serverless: Billed["count"] = (resources) =>
  resources("aws_emrserverless_application")
    .map(({ maximum_capacity: most }) => `at most ${(most as Block).cpu}`)
    .join("; ") || undefined;

const kafka: Billed["count"] = (resources) =>
  resources("aws_msk_cluster")
    .map(({ number_of_broker_nodes: brokers, broker_node_group_info: each }) => {
      const { instance_type: size, storage_info: storage } = each as Block;
      const { volume_size: disk } = (storage as Block).ebs_storage_info as Block;
      return `${brokers} × ${size}, ${disk} GiB each`;
    })
    .join("; ") || undefined;

/** A managed password is a secret of RDS's making. */
const secrets: Billed["count"] = (resources) => {
  const managed = resources("aws_db_instance").filter((one) => one.manage_master_user_password === true);
  return some(resources("aws_secretsmanager_secret").length + managed.length);
};

/** What AWS bills for an environment. Each line's unit: the AWS pricing page that it names. */
export const billed: readonly Billed[] = [
  {
    what: "NAT gateways",
    count: number("aws_nat_gateway"),
    when: "every hour, and each GB",
    pricing: "Amazon VPC pricing",
    setting: "`network.nat_gateways`",
  },
  {
    what: "public IPv4 addresses",
    count: number("aws_eip"),
    when: "every hour",
    pricing: "Amazon VPC pricing",
    setting: "`network.nat_gateways`",
  },
  {
    what: "interface endpoints, times zones",
    count: endpointZones,
    when: "every hour, and each GB",
    pricing: "AWS PrivateLink pricing",
    setting: "`network.interface_endpoints`",
  },
  {
    what: "subnets of the VPN",
    count: number("aws_ec2_client_vpn_network_association"),
    when: "every hour, and every hour of each connection",
    pricing: "AWS VPN pricing",
    setting: "`access.vpn.enabled`, `access.vpn.target_subnets`",
  },
  {
    what: "database",
    count: database,
    when: "every hour; storage and backups each GB a month",
    pricing: "Amazon RDS for PostgreSQL pricing",
    setting: "`metadata.instance_class`, `metadata.multi_az`",
  },
  {
    what: "Airflow",
    count: airflow,
    when: "every hour, by class; more for each worker and scheduler above the class's own",
    pricing: "Amazon Managed Workflows for Apache Airflow pricing",
    setting: "`orchestration.environment_class`, `max_workers`, `schedulers`",
  },
  {
    what: "EMR Serverless",
    count: serverless,
    when: "while a job runs, by vCPU, memory and disk",
    pricing: "Amazon EMR pricing",
    setting: "`processing.serverless`",
  },
  {
    what: "Kafka brokers",
    count: kafka,
    when: "every hour; storage each GB a month, and metrics beyond the free ones",
    pricing: "Amazon MSK pricing",
    setting: "`streaming.instance_type`, `brokers_per_zone`, `storage_gb`, `monitoring`",
  },
  {
    what: "keys",
    count: number("aws_kms_key"),
    when: "every month, and each request",
    pricing: "AWS Key Management Service pricing",
    setting: "none: every kind of data has its own",
  },
  {
    what: "secrets",
    count: secrets,
    when: "every month, and each request",
    pricing: "AWS Secrets Manager pricing",
    setting: "none",
  },
  {
    what: "alarms",
    count: number("aws_cloudwatch_metric_alarm"),
    when: "every month",
    pricing: "Amazon CloudWatch pricing",
    setting: "`observability.alarms`",
  },
  {
    what: "dashboards",
    count: number("aws_cloudwatch_dashboard"),
    when: "every month",
    pricing: "Amazon CloudWatch pricing",
    setting: "none",
  },
  {
    what: "log groups",
    count: number("aws_cloudwatch_log_group"),
    when: "each GB that comes in, and each GB kept",
    pricing: "Amazon CloudWatch pricing",
    setting: "the keys that end in `retention_days`, `network.flow_logs.traffic`",
  },
  {
    what: "buckets",
    count: number("aws_s3_bucket"),
    when: "each GB a month, by storage class, and each request",
    pricing: "Amazon S3 pricing",
    setting: "`lake.lifecycle`",
  },
  {
    what: "queues",
    count: number("aws_sqs_queue"),
    when: "each request",
    pricing: "Amazon SQS pricing",
    setting: "`events.enabled`",
  },
  {
    what: "workgroups of Athena",
    count: number("aws_athena_workgroup"),
    when: "each TB that queries scan",
    pricing: "Amazon Athena pricing",
    setting: "`catalog.query_scan_limit_gb`",
  },
  {
    what: "trails",
    count: number("aws_cloudtrail"),
    when: "each data event",
    pricing: "AWS CloudTrail pricing",
    setting: "`account.trail.enabled`",
  },
];

/** What exists once per account is nobody's environment. */
export function ownerOf(stack: Stack, environments: readonly string[]): string {
  const owner = environments
    .filter((name) => nameIn(name, stack.id) !== stack.id)
    .sort((one, other) => other.length - one.length)
    .at(0);
  return owner ?? stack.id.replace(/^bootstrap-/, "account ");
}
