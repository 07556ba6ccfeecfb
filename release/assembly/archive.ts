import { zipSync } from "fflate";
import { type Files, sortedFiles } from "./files";

/**
 * Every entry carries this moment. The zip format stores local wall-clock time without a zone, so it is
 * built from local parts: the same bytes in every time zone.
 */
const MOMENT = new Date(2020, 0, 1, 0, 0, 0);

/** A plain file that everyone may read, as the upper half of the external attributes of a Unix entry. */
const UNIX = 3;
const PERMISSIONS = 0o100644 << 16;

/** How files are packed. */
export interface ArchiveOptions {
  /** Of compression: 0 stores, 9 takes longest. @default 9 */
  readonly level?: 0 | 9;
}

/** A zip of the files: sorted, with fixed times and permissions, so that the same files are the same bytes. */
export function archive(files: Files, { level = 9 }: ArchiveOptions = {}): Uint8Array {
  return zipSync(Object.fromEntries(sortedFiles(files)), {
    level,
    mtime: MOMENT,
    os: UNIX,
    attrs: PERMISSIONS,
  });
}
