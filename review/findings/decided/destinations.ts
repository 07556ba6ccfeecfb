import type { Blocks } from "../../blocks";
import type { Json } from "../../change";
import { at, mapTexts, textsOf } from "../../json";

/** The account and the region that a stack belongs to, by its provider. */
export interface Home {
  readonly accounts: readonly string[];
  readonly region: string | undefined;
  /** Names that the stack itself is kept under: the kind of its backend and the bucket of its state. */
  readonly names: readonly string[];
}

/** Where a stack is. */
export function homeOf(blocks: Blocks): Home {
  const { allowed_account_ids, region } = blocks.get("provider.aws")?.body ?? {};
  const backend = blocks.get("terraform.backend")?.body ?? {};
  return {
    accounts: textsOf(allowed_account_ids),
    region: typeof region === "string" ? region : undefined,
    names: [
      ...Object.keys(backend),
      ...textsOf(at(backend, "s3.bucket")),
      ...textsOf(at(backend, "s3.region")),
    ],
  };
}

/** A value with every expression that the stack itself says in plain text replaced by that text. */
export function resolved(value: Json | undefined, blocks: Blocks): Json | undefined {
  if (value === undefined) return undefined;
  return mapTexts(value, (text) =>
    text.replaceAll(/\$\{((?:data\.)?\w+\.[\w-]+)\.(\w+)\}/g, (expression, address: string, name: string) => {
      const said = blocks.get(address)?.body[name];
      return typeof said === "string" && !said.includes("${") ? said : expression;
    }),
  );
}

/** Begins with something that the platform has: a resource of the stack, or what another stack published. */
const OWN =
  /^(?:s3:\/\/|arn:aws[\w-]*:[\w-]+:[^:]*:[^:]*:)?\$\{(?:aws_|data\.(?:aws_|terraform_remote_state\.))[\w.[\]"-]+\}/;

/** Files of Airflow that a release puts into the platform's own bucket, under the digest of their content. */
const RELEASED = /^airflow\/[0-9a-f]{16}\/[\w.]+$/;

/** Whether a destination is recognizably the platform's own. */
export function isOwn(text: string, { accounts, region, names }: Home): boolean {
  if (OWN.test(text) || RELEASED.test(text) || names.includes(text)) return true;
  const { account = "", region: there = "", partition } = partsOf(text) ?? {};
  const isHere = there === "" || there === region;
  return partition !== undefined && accounts.includes(account) && isHere;
}

/** What is remarkable about a destination, as a sentence goes on: `, in account 999999999999`. */
export function remarkOn(value: Json | undefined, home: Home): string {
  const remarks = textsOf(value).flatMap((text) => {
    const { account = "", region = "", partition } = partsOf(text) ?? {};
    const isForeign = /^\d{12}$/.test(account) && !home.accounts.includes(account);
    return [
      ...(isForeign ? [`in account ${account}`] : []),
      ...(region !== "" && !region.includes("$") && region !== home.region ? [`in region ${region}`] : []),
      ...(partition !== undefined && partition !== "aws" ? [`in partition ${partition}`] : []),
      ...(/\bhttp:\/\//i.test(text) ? ["over plain HTTP"] : []),
    ];
  });
  return [...new Set(remarks)].map((remark) => `, ${remark}`).join("");
}

/** Whether an ARN names another account, region or partition than the stack's. */
export function isForeignArn(text: string, home: Home): boolean {
  return partsOf(text) !== undefined && !OWN.test(text) && !isOwn(text, home);
}

/** The parts of an ARN. ("Identify AWS resources with Amazon Resource Names", IAM User Guide) */
function partsOf(text: string): { partition: string; region: string; account: string } | undefined {
  const [, partition, region, account] = /^arn:([^:]+):[^:]+:([^:]*):([^:]*):/.exec(text) ?? [];
  if (partition === undefined || region === undefined || account === undefined) return undefined;
  return { partition, region, account };
}
