import type { z } from "zod";
import type { Path, Report } from "../problems";
import type { environmentSchema } from "../schema/environment";
import type { ValidParts } from "../schema/valid-parts";

/** The valid parts of an environment: what rules about several fields look at. */
export type Parts = ValidParts<z.output<typeof environmentSchema>>;

/** What a rule may ask of the file itself. */
export interface FileFacts {
  /** The file's name without its extension. */
  readonly name: string;
  /** The folder it is in. */
  readonly directory: string;
  /** Whether the file sets a key, rather than leaving it to its default. */
  readonly says: (path: Path) => boolean;
}

/** A rule about several fields of one environment; it passes over what is missing or wrong in itself. */
export type Rule = (parts: Parts, report: Report, file: FileFacts) => void;
