import { InvalidArgumentError } from "commander";

/** Parses an option that names a folder: an empty one would be the working directory. */
export function parseFolder(value: string): string {
  if (value.trim() === "") throw new InvalidArgumentError("It must be the path of a folder.");
  return value;
}
