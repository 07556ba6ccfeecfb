/** The text of a file, or what keeps it from being one. */
export type SourceText = { readonly text: string } | { readonly line: number; readonly message: string };

/** Byte order marks of UTF-16, which PowerShell's `>` writes. */
const utf16 = [
  [0xff, 0xfe],
  [0xfe, 0xff],
] as const;

/**
 * Reads bytes as UTF-8, the only encoding of an `.tfvars` file.
 * Source: HCL Native Syntax Specification, "Source Code Representation".
 */
export function decodeSource(bytes: Uint8Array): SourceText {
  if (utf16.some(([first, second]) => bytes[0] === first && bytes[1] === second))
    return { line: 0, message: "is UTF-16, not UTF-8" };
  const text = decode(bytes);
  return text === undefined ? { line: firstWrongLine(bytes), message: "is not UTF-8" } : { text };
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** No character of UTF-8 contains the byte of a line feed, so lines can be read one by one. */
function firstWrongLine(bytes: Uint8Array): number {
  let line = 1;
  for (let start = 0; start <= bytes.length; line += 1) {
    const end = bytes.indexOf(0x0a, start);
    const stop = end === -1 ? bytes.length : end;
    if (decode(bytes.subarray(start, stop)) === undefined) return line;
    start = stop + 1;
  }
  return 0;
}
