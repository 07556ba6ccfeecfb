import type { InvalidInput } from "./base";

/** The cluster: release, instance types and capacity. */
export const processingInputs: readonly InvalidInput[] = [
  [
    30,
    '  emr_release = "emr-7.9.0"',
    'prod.tfvars:30  processing.emr_release = "emr-7.9.0"\n    carries Spark 3.5.5, but the job bundle is built for 3.5.4; use "emr-7.8.0"',
  ],
  [
    30,
    '  emr_release = "emr-6.15.0"',
    'prod.tfvars:30  processing.emr_release = "emr-6.15.0"\n    is not one of the known values; use one of "emr-7.2.0", "emr-7.3.0", "emr-7.4.0", "emr-7.5.0", "emr-7.6.0", "emr-7.7.0", "emr-7.8.0", "emr-7.9.0", "emr-7.10.0"',
  ],
  [
    31,
    "  primary_instance_types = []",
    "prod.tfvars:31  processing.primary_instance_types = []\n    has too few items; use a list of 1 to 30 different values, each an instance type EMR supports: xlarge or bigger, not burstable, for example m5.xlarge",
  ],
  [
    31,
    '  primary_instance_types = ["m6g.xlarge"]',
    'prod.tfvars:32  processing.core_instance_types[0] = "m5.xlarge"\n    is x86_64, but the cluster starts with m6g.xlarge, which is arm64; use arm64 types only, or x86_64 types in both lists',
    'prod.tfvars:32  processing.core_instance_types[1] = "m5d.xlarge"\n    is x86_64, but the cluster starts with m6g.xlarge, which is arm64; use arm64 types only, or x86_64 types in both lists',
    'prod.tfvars:32  processing.core_instance_types[2] = "r5.xlarge"\n    is x86_64, but the cluster starts with m6g.xlarge, which is arm64; use arm64 types only, or x86_64 types in both lists',
  ],
  [
    31,
    '  primary_instance_types = ["m5.xlarge", "m19z.xlarge"]',
    'prod.tfvars:31  processing.primary_instance_types[1] = "m19z.xlarge"\n    is of a family whose vCPUs and memory the platform does not know; use another type, or add it to packages/platform_sizing/platform_sizing/instance_families.json',
  ],
  [
    31,
    '  primary_instance_types = ["m5.xlarge", "m5a.xlarge", "m6a.4xlarge"]',
    'prod.tfvars:31  processing.primary_instance_types[1] = "m5a.xlarge"\n    is not offered in eu-north-1, as EC2 answered before 2025-08-11; use m5d.xlarge, m5.xlarge, m6i.xlarge or another type that the region offers',
    'prod.tfvars:31  processing.primary_instance_types[2] = "m6a.4xlarge"\n    is not offered in eu-north-1, as EC2 answered before 2025-08-11; use m6i.4xlarge, m6in.4xlarge, m6idn.4xlarge or another type that the region offers',
  ],
  [
    31,
    "  node_disk_gb = 16",
    "prod.tfvars:31  processing.node_disk_gb = 16\n    is below 32; use a whole number from 32 to 16384",
  ],
  [
    31,
    '  spark_conf = { "executor.memory" = "8g" }',
    'prod.tfvars:31  processing.spark_conf.executor.memory = "8g"\n    has a name of the wrong form; name it with a setting of Spark, for example spark.executor.memory',
  ],
  [
    32,
    '  core_instance_types = ["m5.xlarge", "m5d.xlarge"]',
    'prod.tfvars:32  processing.core_instance_types = ["m5.xlarge", "m5d.xlarge"]\n    has 2 of the 3 types that spot nodes need; add types, or set core_spot_units = 0',
  ],
  [
    32,
    '  core_instance_types = ["m5.xlarge", "m6g.xlarge", "r5.xlarge"]',
    'prod.tfvars:32  processing.core_instance_types[1] = "m6g.xlarge"\n    is arm64, but the cluster starts with m5.xlarge, which is x86_64; use x86_64 types only, or arm64 types in both lists',
  ],
  [
    32,
    '  core_instance_types = ["m5.xlarge", "m5.xlarge", "r5.xlarge"]',
    'prod.tfvars:32  processing.core_instance_types[1] = "m5.xlarge"\n    is in the list already, as item 0; remove one of the two',
  ],
  [
    32,
    '  core_instance_types = ["m5.large", "t3.xlarge", "m5"]',
    'prod.tfvars:32  processing.core_instance_types[0] = "m5.large"\n    does not have the right form; use an instance type EMR supports: xlarge or bigger, not burstable, for example m5.xlarge',
    'prod.tfvars:32  processing.core_instance_types[1] = "t3.xlarge"\n    does not have the right form; use an instance type EMR supports: xlarge or bigger, not burstable, for example m5.xlarge',
    'prod.tfvars:32  processing.core_instance_types[2] = "m5"\n    does not have the right form; use an instance type EMR supports: xlarge or bigger, not burstable, for example m5.xlarge',
  ],
  [
    33,
    "  core_on_demand_units = 5",
    "prod.tfvars:33  processing.core_on_demand_units = 5\n    is above processing.maximum_on_demand_units 4; use at most 4, or raise maximum_on_demand_units",
  ],
  [
    34,
    "  core_spot_units = 0",
    "prod.tfvars:34  processing.core_spot_units = 0\n    and core_on_demand_units 1 start the cluster with 1 core nodes, below processing.minimum_units 2; use at least 2 in sum",
  ],
  [
    34,
    "  core_spot_units = -1",
    "prod.tfvars:34  processing.core_spot_units = -1\n    is below 0; use a whole number from 0 to 1000",
  ],
  [
    34,
    "  core_spot_units = 9",
    "prod.tfvars:34  processing.core_spot_units = 9\n    and core_on_demand_units 1 start the cluster with 10 core nodes, above processing.maximum_core_units 8; use at most 8 in sum",
  ],
  [
    35,
    "  minimum_units = 11",
    "prod.tfvars:34  processing.core_spot_units = 3\n    and core_on_demand_units 1 start the cluster with 4 core nodes, below processing.minimum_units 11; use at least 11 in sum",
    "prod.tfvars:35  processing.minimum_units = 11\n    is above processing.maximum_units 10; use at most 10, or raise maximum_units",
  ],
  [
    35,
    "  minimum_units = 5",
    "prod.tfvars:34  processing.core_spot_units = 3\n    and core_on_demand_units 1 start the cluster with 4 core nodes, below processing.minimum_units 5; use at least 5 in sum",
  ],
  [
    35,
    "  minimum_units = 0",
    "prod.tfvars:35  processing.minimum_units = 0\n    is below 1; use a whole number from 1 to 1000",
  ],
  [
    36,
    "  maximum_units = 7",
    "prod.tfvars:37  processing.maximum_core_units = 8\n    is above processing.maximum_units 7; use at most 7, or raise maximum_units",
  ],
  [
    36,
    "  maximum_units = 1001",
    "prod.tfvars:36  processing.maximum_units = 1001\n    is above 1000; use a whole number from 1 to 1000",
  ],
  [
    38,
    "  maximum_on_demand_units = 11",
    "prod.tfvars:38  processing.maximum_on_demand_units = 11\n    is above processing.maximum_units 10; use at most 10, or raise maximum_units",
  ],
  [
    38,
    "  maximum_on_demand_units = 0",
    "prod.tfvars:33  processing.core_on_demand_units = 1\n    is above processing.maximum_on_demand_units 0; use at most 0, or raise maximum_on_demand_units",
  ],
  [
    39,
    "  prices = { per_unit = {} }",
    "prod.tfvars:39  processing.prices.currency\n    is missing; use a code of ISO 4217, for example EUR",
    "prod.tfvars:39  processing.prices.per_unit = {}\n    has no price; use at least one of them, or remove processing.prices",
  ],
  [
    39,
    '  prices = { currency = "euro", per_unit = { vcpu_hour = 0 } }',
    'prod.tfvars:39  processing.prices.currency = "euro"\n    is not the code of a currency; use a code of ISO 4217, for example EUR',
    "prod.tfvars:39  processing.prices.per_unit.vcpu_hour = 0\n    is not above 0; use a number above 0, at most 1000",
  ],
  [
    39,
    '  prices = { currency = "EUR", per_unit = { vcpu_hours = 0.05 } }',
    "prod.tfvars:39  processing.prices.per_unit.vcpu_hours = 0.05\n    is not a key of processing.prices.per_unit; did you mean vcpu_hour? the keys there are vcpu_hour, memory_gb_hour, storage_gb_hour, on_demand_instance_hour, spot_instance_hour",
  ],
  [
    39,
    "  spot_timeout_minutes = 4",
    "prod.tfvars:39  processing.spot_timeout_minutes = 4\n    is below 5; use a whole number from 5 to 90",
  ],
  [
    39,
    "  spot_timeout_minutes = 91",
    "prod.tfvars:39  processing.spot_timeout_minutes = 91\n    is above 90; use a whole number from 5 to 90",
  ],
  [
    40,
    "  idle_timeout_seconds = 59",
    "prod.tfvars:40  processing.idle_timeout_seconds = 59\n    is below 60; use a whole number from 60 to 604800",
  ],
  [
    40,
    "  idle_timeout_seconds = 604801",
    "prod.tfvars:40  processing.idle_timeout_seconds = 604801\n    is above 604800; use a whole number from 60 to 604800",
  ],
  [
    40,
    "  idle_timeout = 900",
    "prod.tfvars:40  processing.idle_timeout = 900\n    is not a key of processing; remove it; the keys there are compute, emr_release, primary_instance_types, core_instance_types, core_on_demand_units, core_spot_units, minimum_units, maximum_units, maximum_core_units, maximum_on_demand_units, node_disk_gb, spot_timeout_minutes, idle_timeout_seconds, spark_conf, in_transit_certificates, prices, serverless",
  ],
];
