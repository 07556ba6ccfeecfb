import type { z } from "zod";
import type { Report } from "../problems";
import type { environmentSchema } from "../schema/environment";
import type { ValidParts } from "../schema/valid-parts";

/** The valid parts of an environment: what rules about several fields look at. */
export type Parts = ValidParts<z.output<typeof environmentSchema>>;

/** A rule about several fields of one environment; it passes over what is missing or wrong in itself. */
export type Rule = (parts: Parts, report: Report, file: { readonly name: string }) => void;
