import { setFlagsFromString } from "node:v8";

type Parser = typeof import("@cdktf/hcl2json");

let parser: Promise<Parser> | undefined;

/** HashiCorp's own HCL parser, compiled to WebAssembly; started by the first call, once for the process. */
export function openParser(): Promise<Parser> {
  parser ??= startParser();
  return parser;
}

/**
 * V8 would optimize the parser in the background, which takes longer than all the parsing there is to do, and keeps
 * the process from ending: a check of the environments takes 0.2 s without it and 0.5 s with it. There is no other
 * WebAssembly in these processes.
 */
async function startParser(): Promise<Parser> {
  setFlagsFromString("--liftoff-only");
  const module = await import("@cdktf/hcl2json");
  await module.parse("start", "");
  return module;
}
