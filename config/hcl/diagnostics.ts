/** An error of the HCL parser. */
export interface Diagnostic {
  readonly line: number;
  /** The parser's summary and detail. */
  readonly summary: string;
  readonly detail: string;
}

/** The name the parser is given for the source: short, and without the characters that separate its messages. */
export const sourceName = "source";

const position = new RegExp(`${sourceName}:(\\d+),\\d+-(?:\\d+,)?\\d+: `, "g");

/**
 * Reads the parser's errors out of its one message, `… source:<line>,<column>-<column>: <summary>; <detail>`, once for
 * each error. A parser that fails in another way is reported with its whole message, on line 1.
 */
export function readDiagnostics(error: unknown): Diagnostic[] {
  const text = error instanceof Error ? error.message : String(error);
  const starts = [...text.matchAll(position)];
  if (starts.length === 0) return [{ line: 1, summary: text, detail: "" }];
  return starts.map((start, index) => {
    const end = starts[index + 1]?.index ?? text.length;
    const body = text.slice(start.index + start[0].length, end).replace(/[\s\]]+$/, "");
    const [summary = "", ...detail] = body.split("; ");
    return { line: Number(start[1]), summary, detail: detail.join("; ") };
  });
}

/**
 * Leaves out the errors that are only echoes: others of the same line, and all that follows text, a list or a map that
 * is never closed, because the parser takes the rest of the file for a part of it.
 */
export function withoutEchoes(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const unclosed = diagnostics.findIndex(({ summary }) =>
    /^(?:Unterminated|Invalid multi-line)/.test(summary),
  );
  const sound = unclosed === -1 ? diagnostics : diagnostics.slice(0, unclosed + 1);
  const seen = new Set<number>();
  return sound.filter(({ line }) => !seen.has(line) && seen.add(line));
}
