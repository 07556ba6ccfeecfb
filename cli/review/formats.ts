import { extname } from "node:path";

/** How a review can be written. */
export const formats = ["text", "markdown", "json", "html"] as const;
export type Format = (typeof formats)[number];

const endings: Readonly<Record<string, Format>> = {
  ".htm": "html",
  ".html": "html",
  ".json": "json",
  ".md": "markdown",
};

/** Returns the format that a file's name asks for: text where it says nothing. */
export function formatOf(file: string | undefined): Format {
  return endings[extname(file ?? "").toLowerCase()] ?? "text";
}
