import type { InvalidInput } from "./base";

/** The application of EMR Serverless, in the place of a key of the cluster that has a default. */
export const serverlessInputs: readonly InvalidInput[] = [
  [
    40,
    '  compute = "serverless"',
    'prod.tfvars:40  processing.compute = "serverless"\n    is not one of the known values; did you mean "emr_serverless"? use one of "emr", "emr_serverless"',
  ],
  [
    40,
    '  serverless = { architecture = "arm" }',
    'prod.tfvars:40  processing.serverless.architecture = "arm"\n    is not one of the known values; use one of "arm64", "x86_64"',
  ],
  [
    40,
    "  serverless = { driver = { vcpu = 3 } }",
    "prod.tfvars:40  processing.serverless.driver.vcpu = 3\n    is not one of the known values; use one of 1, 2, 4, 8, 16",
  ],
  [
    40,
    '  serverless = { driver = { vcpu = "2 vCPU" } }',
    'prod.tfvars:40  processing.serverless.driver.vcpu = "2 vCPU"\n    is text, not a number; use one of 1, 2, 4, 8, 16',
  ],
  [
    40,
    "  serverless = { driver = { vcpu = 1, memory_gb = 9 } }",
    "prod.tfvars:40  processing.serverless.driver.memory_gb = 9\n    is no memory of a worker with 1 vCPU; use 2 to 8 in steps of 1, or other vCPUs",
  ],
  [
    40,
    "  serverless = { executor = { vcpu = 4, memory_gb = 7 } }",
    "prod.tfvars:40  processing.serverless.executor.memory_gb = 7\n    is no memory of a worker with 4 vCPU; use 8 to 30 in steps of 1, or other vCPUs",
  ],
  [
    40,
    "  serverless = { maximum_memory_gb = 128, executor = { vcpu = 8, memory_gb = 22 } }",
    "prod.tfvars:40  processing.serverless.executor.memory_gb = 22\n    is no memory of a worker with 8 vCPU; use 16 to 60 in steps of 4, or other vCPUs",
  ],
  [
    40,
    "  serverless = { maximum_vcpu = 32, maximum_memory_gb = 200, executor = { vcpu = 16, memory_gb = 124 } }",
    "prod.tfvars:40  processing.serverless.executor.memory_gb = 124\n    is above 120; use a whole number from 2 to 120",
  ],
  [
    40,
    "  serverless = { executor = { disk_gb = 10 } }",
    "prod.tfvars:40  processing.serverless.executor.disk_gb = 10\n    is below 20; use a whole number from 20 to 200",
  ],
  [
    40,
    "  serverless = { executor = { disk_gb = 201 } }",
    "prod.tfvars:40  processing.serverless.executor.disk_gb = 201\n    is above 200; use a whole number from 20 to 200",
  ],
  [
    40,
    "  serverless = { executor = { memory = 16 } }",
    "prod.tfvars:40  processing.serverless.executor.memory = 16\n    is not a key of processing.serverless.executor; did you mean memory_gb? the keys there are vcpu, memory_gb, disk_gb",
  ],
  [
    40,
    "  serverless = { maximum_vcpu = 5 }",
    "prod.tfvars:40  processing.serverless.maximum_vcpu = 5\n    is below the 6 vCPUs of one driver and one executor; use at least 6, or smaller workers",
  ],
  [
    40,
    "  serverless = { maximum_memory_gb = 23 }",
    "prod.tfvars:40  processing.serverless.maximum_memory_gb = 23\n    is below the 24 GB of memory of one driver and one executor; use at least 24, or smaller workers",
  ],
  [
    40,
    "  serverless = { maximum_disk_gb = 59 }",
    "prod.tfvars:40  processing.serverless.maximum_disk_gb = 59\n    is below the 60 GB of disk of one driver and one executor; use at least 60, or smaller workers",
  ],
  [
    40,
    "  serverless = { initial_executors = 4 }",
    "prod.tfvars:40  processing.serverless.maximum_vcpu = 16 (the default)\n    is below the 18 vCPUs of one driver and 4 executors; use at least 18, or smaller workers",
    "prod.tfvars:40  processing.serverless.maximum_memory_gb = 64 (the default)\n    is below the 72 GB of memory of one driver and 4 executors; use at least 72, or smaller workers",
  ],
  [
    40,
    "  serverless = { maximum_vcpu = 1 }",
    "prod.tfvars:40  processing.serverless.maximum_vcpu = 1\n    is below 2; use a whole number from 2 to 10000",
  ],
  [
    40,
    "  serverless = { idle_timeout_minutes = 0 }",
    "prod.tfvars:40  processing.serverless.idle_timeout_minutes = 0\n    is below 1; use a whole number from 1 to 10080",
  ],
  [
    40,
    "  serverless = { idle_timeout_minutes = 10081 }",
    "prod.tfvars:40  processing.serverless.idle_timeout_minutes = 10081\n    is above 10080; use a whole number from 1 to 10080",
  ],
  [
    40,
    "  serverless = { log_retention_days = 10 }",
    "prod.tfvars:40  processing.serverless.log_retention_days = 10\n    is not a number of days that CloudWatch offers; use one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653",
  ],
];
