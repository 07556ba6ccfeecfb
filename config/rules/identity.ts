import { partitionOf } from "../catalogue/regions";
import type { Report } from "../problems";
import type { Parts } from "./rule";

/** The file's name is the environment's: the way to it is the same for people, commands and state keys. */
export function fileNameRule({ environment }: Parts, report: Report, file: { readonly name: string }): void {
  if (environment === undefined || environment === file.name) return;
  report(["environment"], `is not the file's name, ${file.name}`, `use "${file.name}", or rename the file`);
}

export function allowedAccountRule(
  { account_id: account, allowed_account_ids: allowed }: Parts,
  report: Report,
): void {
  if (account === undefined || allowed === undefined || allowed.includes(account)) return;
  report(
    ["allowed_account_ids"],
    `does not contain account_id "${account}"`,
    "add it, or leave the list out",
  );
}

/** An account belongs to one partition: no role of it can reach a bucket in another. */
export function stateRegionRule({ region, state }: Parts, report: Report): void {
  if (
    region === undefined ||
    state?.region === undefined ||
    partitionOf(region) === partitionOf(state.region)
  )
    return;
  const message = `is in partition ${partitionOf(state.region)}, but region "${region}" is in ${partitionOf(region)}`;
  report(["state", "region"], message, "use a region of the same partition, or leave it out");
}
