import {
  type DataLakeSettings,
  GetDataLakeSettingsCommand,
  LakeFormationClient,
} from "@aws-sdk/client-lakeformation";
import type { EnvironmentConfig } from "../../config";
import { readAws, withClient } from "./aws-read";
import { ok, type Verdict, verdict } from "./verdict";

const everybody = "IAM_ALLOWED_PRINCIPALS";

/**
 * Checks that IAM alone decides who uses new databases and tables. Where an account has taken that default away, every job
 * and every query is refused until somebody grants.
 * Source: AWS Lake Formation Developer Guide, "Changing the default settings for your data lake".
 */
export async function checkLakeFormation({ region, account_id }: EnvironmentConfig): Promise<Verdict> {
  const read = await readAws("lakeformation:GetDataLakeSettings", () =>
    withClient(
      (options) => new LakeFormationClient({ ...options, region }),
      (client) => client.send(new GetDataLakeSettingsCommand({ CatalogId: account_id })),
    ),
  );
  if ("unread" in read) return verdict("unknown", read.unread, read.remedy);
  const settings = read.value.DataLakeSettings ?? {};
  const closed = [
    ...(isOpen(settings.CreateDatabaseDefaultPermissions) ? [] : ["databases"]),
    ...(isOpen(settings.CreateTableDefaultPermissions) ? [] : ["tables"]),
  ];
  if (closed.length === 0) return ok("IAM decides on new databases and tables");
  return verdict(
    "warning",
    `new ${closed.join(" and ")} are closed to whoever IAM allows (no IAMAllowedPrincipals)`,
    "grant the jobs' roles and people ALL on the environment's databases and tables before the first run: docs/catalog.md",
  );
}

function isOpen(defaults: DataLakeSettings["CreateDatabaseDefaultPermissions"] = []): boolean {
  return defaults.some(
    ({ Principal, Permissions = [] }) =>
      Principal?.DataLakePrincipalIdentifier === everybody && Permissions.includes("ALL"),
  );
}
