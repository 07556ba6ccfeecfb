import type { CompiledContract } from "../compiled";
import { searchDocument } from "./search";
import { searchRoles } from "./search-roles";
import { topicSettings } from "./topic";
import { valueSchema } from "./value-schema";

/** What a contract is compiled to, by the ending of the file: `<name>.json` is the compiled contract itself. */
const targets: Readonly<Record<string, (contract: CompiledContract) => object | undefined>> = {
  ".json": (contract) => contract,
  ".schema.json": valueSchema,
  ".search.json": searchDocument,
  ".search-roles.json": searchRoles,
  ".topic.json": topicSettings,
};

/** Endings of the files that a contract is compiled to. */
export const ENDINGS: readonly string[] = Object.keys(targets);

/** Returns every file that a contract is compiled to, by its name; a target that does not apply is left out. */
export function targetFiles(contract: CompiledContract): Readonly<Record<string, object>> {
  return Object.fromEntries(
    Object.entries(targets).flatMap(([ending, target]) => {
      const document = target(contract);
      return document === undefined ? [] : [[`${contract.name}${ending}`, document]];
    }),
  );
}
