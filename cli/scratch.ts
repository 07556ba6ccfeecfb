import { cpSync, mkdirSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { places } from "./places";

/**
 * A folder of one's own under build/, or among the system's temporary files where the checkout cannot be written to;
 * whoever asks for it removes it.
 */
export function scratchFolder(prefix: string): string {
  try {
    mkdirSync(places.build, { recursive: true });
    return mkdtempSync(join(places.build, `${prefix}-`));
  } catch {
    return mkdtempSync(join(tmpdir(), `platform-${prefix}-`));
  }
}

/** A scratch folder with copies of these files alone. */
export function scratchCopy(prefix: string, files: readonly string[]): string {
  const folder = scratchFolder(prefix);
  for (const file of files) cpSync(file, join(folder, basename(file)));
  return folder;
}
