import table from "./service-offerings.json";

const lacking: Readonly<Record<string, readonly string[] | undefined>> = table.lacking;

/** The day of AWS's schemas that the table is from. */
export const regionalServicesDate = table.date;

/**
 * Says whether AWS's resource schemas of a region lack a Terraform type.
 * Source: AWS CloudFormation's resource schemas by region, in the table that tests/schemas/regional_services.py writes.
 */
export function lacksType(region: string, type: string): boolean {
  return lacking[region]?.includes(type) ?? false;
}
