import type { InvalidInput } from "./base";

/** Sizes, prices and settings that look right and do not exist. */
export const notOfferedInputs: readonly InvalidInput[] = [
  [
    55,
    '  instance_class = "db.t2.micro"',
    'prod.tfvars:55  metadata.instance_class = "db.t2.micro"\n    is not offered for PostgreSQL in eu-north-1, as RDS answered before 2025-08-18; use one of db.t3.micro, db.t4g.micro',
  ],
  [
    55,
    '  instance_class = "db.m4.large"',
    'prod.tfvars:55  metadata.instance_class = "db.m4.large"\n    is not offered for PostgreSQL in eu-north-1, as RDS answered before 2025-08-18; use one of db.m5.large, db.m5d.large, db.m6g.large, db.m6gd.large, db.m6i.large, db.m7g.large, db.m7i.large, db.m8g.large',
  ],
  [
    55,
    '  instance_class = "db.t3.3xlarge"',
    'prod.tfvars:55  metadata.instance_class = "db.t3.3xlarge"\n    is not offered for PostgreSQL in eu-north-1, as RDS answered before 2025-08-18; use one of db.t3.micro, db.t3.small, db.t3.medium, db.t3.large, db.t3.xlarge, db.t3.2xlarge',
  ],
  [
    55,
    '  instance_class = "db.r4.large"',
    'prod.tfvars:55  metadata.instance_class = "db.r4.large"\n    is not offered for PostgreSQL in eu-north-1, as RDS answered before 2025-08-18; use one of db.r5.large, db.r5d.large, db.r6g.large, db.r6i.large, db.r7g.large, db.r7i.large, db.r8g.large',
  ],
  [
    55,
    '  instance_class = "db.r6gd.large"',
    'prod.tfvars:55  metadata.instance_class = "db.r6gd.large"\n    is not offered for PostgreSQL in eu-north-1, as RDS answered before 2025-08-18; use one of db.r5.large, db.r5d.large, db.r6g.large, db.r6i.large, db.r7g.large, db.r7i.large, db.r8g.large',
  ],
  [
    55,
    '  instance_class = "db.m7g.24xlarge"',
    'prod.tfvars:55  metadata.instance_class = "db.m7g.24xlarge"\n    is not offered for PostgreSQL in eu-north-1, as RDS answered before 2025-08-18; use one of db.m7g.large, db.m7g.xlarge, db.m7g.2xlarge, db.m7g.4xlarge, db.m7g.8xlarge, db.m7g.12xlarge, db.m7g.16xlarge',
  ],
  [
    55,
    '  instance_class = "db.m5.medium"',
    'prod.tfvars:55  metadata.instance_class = "db.m5.medium"\n    is not offered for PostgreSQL in eu-north-1, as RDS answered before 2025-08-18; use one of db.m5.large, db.m5.xlarge, db.m5.2xlarge, db.m5.4xlarge, db.m5.8xlarge, db.m5.12xlarge, db.m5.16xlarge, db.m5.24xlarge',
  ],
  [
    55,
    '  instance_class = "db.t4g.16xlarge"',
    'prod.tfvars:55  metadata.instance_class = "db.t4g.16xlarge"\n    is not offered for PostgreSQL in eu-north-1, as RDS answered before 2025-08-18; use one of db.t4g.micro, db.t4g.small, db.t4g.medium, db.t4g.large, db.t4g.xlarge, db.t4g.2xlarge',
  ],
  [
    56,
    "  allocated_storage_gb = 65536",
    "prod.tfvars:56  metadata.allocated_storage_gb = 65536\n    leaves less than a tenth below 65536, the most that RDS enlarges a disk to; use 59578 or less",
  ],
  [
    56,
    "  allocated_storage_gb = 59579",
    "prod.tfvars:56  metadata.allocated_storage_gb = 59579\n    leaves less than a tenth below 65536, the most that RDS enlarges a disk to; use 59578 or less",
  ],
  [
    38,
    '  maximum_on_demand_units = 4\n  prices = { currency = "USD", per_unit = {} }',
    "prod.tfvars:39  processing.prices.per_unit = {}\n    has no price; use at least one of them, or remove processing.prices",
  ],
  [
    38,
    '  maximum_on_demand_units = 4\n  prices = { currency = "ZZZ", per_unit = { vcpu_hour = 1 } }',
    'prod.tfvars:39  processing.prices.currency = "ZZZ"\n    is not the code of a currency; use a code of ISO 4217, for example EUR',
  ],
  [
    38,
    '  maximum_on_demand_units = 4\n  prices = { currency = "usd", per_unit = { vcpu_hour = 1 } }',
    'prod.tfvars:39  processing.prices.currency = "usd"\n    is not the code of a currency; use a code of ISO 4217, for example EUR',
  ],
  [
    38,
    '  maximum_on_demand_units = 4\n  spark_conf = { "spark.executor.memory" = "lots" }',
    'prod.tfvars:39  processing.spark_conf.spark.executor.memory = "lots"\n    is no value that Spark takes; use a size with its unit, for example 8g',
  ],
  [
    38,
    '  maximum_on_demand_units = 4\n  spark_conf = { "spark.driver.memory" = "4 GB" }',
    'prod.tfvars:39  processing.spark_conf.spark.driver.memory = "4 GB"\n    is no value that Spark takes; use a size with its unit, for example 8g',
  ],
  [
    38,
    '  maximum_on_demand_units = 4\n  spark_conf = { "spark.sql.shuffle.partitions" = "-1" }',
    'prod.tfvars:39  processing.spark_conf.spark.sql.shuffle.partitions = "-1"\n    is no value that Spark takes; use a whole number',
  ],
  [
    38,
    '  maximum_on_demand_units = 4\n  spark_conf = { "spark.executor.cores" = "1.5" }',
    'prod.tfvars:39  processing.spark_conf.spark.executor.cores = "1.5"\n    is no value that Spark takes; use a whole number',
  ],
  [
    38,
    '  maximum_on_demand_units = 4\n  spark_conf = { "spark.dynamicAllocation.enabled" = "yes" }',
    'prod.tfvars:39  processing.spark_conf.spark.dynamicAllocation.enabled = "yes"\n    is no value that Spark takes; use true or false',
  ],
  [
    38,
    '  maximum_on_demand_units = 4\n  spark_conf = { "spark.executor.extraJavaOptions" = "-Xmx4g" }',
    'prod.tfvars:39  processing.spark_conf.spark.executor.extraJavaOptions = "-Xmx4g"\n    is no value that Spark takes; use options without -Xmx and -Xms: memory is spark.executor.memory and spark.driver.memory',
  ],
  [
    38,
    '  maximum_on_demand_units = 4\n  spark_conf = { "spark.master" = "local" }',
    'prod.tfvars:39  processing.spark_conf.spark.master = "local"\n    is no value that Spark takes; use no value here: the platform decides it, so remove the setting',
  ],
  [
    38,
    '  maximum_on_demand_units = 4\n  spark_conf = { "spark.memory.fraction" = "2" }',
    'prod.tfvars:39  processing.spark_conf.spark.memory.fraction = "2"\n    is no value that Spark takes; use a fraction between 0 and 1, for example 0.6',
  ],
  [
    38,
    '  maximum_on_demand_units = 4\n  spark_conf = { "spark.dynamicAllocation.maxExecutors" = "x" }',
    'prod.tfvars:39  processing.spark_conf.spark.dynamicAllocation.maxExecutors = "x"\n    is no value that Spark takes; use a whole number',
  ],
  [
    38,
    '  maximum_on_demand_units = 4\n  spark_conf = { "spark.hadoop.fs.s3a.secret.key" = "abc" }',
    'prod.tfvars:39  processing.spark_conf.spark.hadoop.fs.s3a.secret.key = "abc"\n    is no value that Spark takes; use no secret here: jobs have a role, and this file is in the repository',
  ],
];
