import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { sync as writeFileAtomic } from "write-file-atomic";

/** Writes a file whole or not at all, whoever reads or is interrupted meanwhile, and makes its folder if missing. */
export function writeWhole(file: string, content: string | Uint8Array, mode?: number): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileAtomic(file, content instanceof Uint8Array ? Buffer.from(content) : content, mode ? { mode } : {});
}
