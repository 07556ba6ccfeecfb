import type { InvalidInput } from "./base";

/** The database of runs. */
export const metadataInputs: readonly InvalidInput[] = [
  [
    54,
    '  postgres_version = "17.6"',
    'prod.tfvars:54  metadata.postgres_version = "17.6"\n    is not one of the known values; use one of "16", "17"',
  ],
  [
    55,
    '  instance_class = "m7g.large"',
    'prod.tfvars:55  metadata.instance_class = "m7g.large"\n    does not have the right form; use a class of RDS, for example db.t4g.small',
  ],
  [
    56,
    "  allocated_storage_gb = 10",
    "prod.tfvars:56  metadata.allocated_storage_gb = 10\n    is below 20; use a whole number from 20 to 65536",
  ],
  [
    57,
    "  maximum_storage_gb = 54",
    "prod.tfvars:57  metadata.maximum_storage_gb = 54\n    is less than a tenth above metadata.allocated_storage_gb 50; use 55 or more",
  ],
  [
    58,
    "  read_replicas = 1",
    "prod.tfvars:58  metadata.read_replicas = 1\n    cannot be had with the managed password, which RDS for PostgreSQL refuses to replicate; use 0; multi_az = true survives a zone, a bigger instance_class answers more queries",
  ],
  [
    59,
    "  backup_retention_days = 0",
    "prod.tfvars:59  metadata.backup_retention_days = 0\n    is below 1; use a whole number from 1 to 35",
  ],
  [
    60,
    '  weekly_maintenance_window = "sun:04:00-sun:05:00"',
    'prod.tfvars:60  metadata.weekly_maintenance_window = "sun:04:00-sun:05:00"\n    does not have the right form; use a day and a half hour in UTC, DAY:HH:MM, for example SUN:03:00 or SUN:03:30',
  ],
  [
    61,
    "  log_retention_days = 100",
    "prod.tfvars:61  metadata.log_retention_days = 100\n    is not a number of days that CloudWatch offers; use one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653",
  ],
  [
    62,
    "  deletion_protection = false",
    "prod.tfvars:62  metadata.deletion_protection = false\n    would let production's database be lost for good; use true",
  ],
  [
    63,
    "  final_snapshot = false",
    "prod.tfvars:63  metadata.final_snapshot = false\n    would let production's database be lost for good; use true",
  ],
];
