/** One command of a script, as words; quotes are gone, and what a word's variables would become is not known. */
export type Words = readonly string[];

/** What a shell takes as the end of a command. */
const ends = /^(?:\|\|?|&&?|;|\n)/;

/**
 * The commands of a script, without comments, here-documents and redirections: enough of a shell's grammar for guides,
 * which should not use more of it. `<word>` stands for something that the reader knows.
 */
export function commandsOf(script: string): Words[] {
  const text = withoutHereDocuments(script).replaceAll("\\\n", " ");
  const inner = [...text.matchAll(/\$\(([^()]*)\)/g)].flatMap(([, command = ""]) => commandsOf(command));
  return [
    ...inner,
    ...outerCommands(text.replace(/<[a-z][^<>\n]*>/g, (placeholder) => placeholder.replace(/\W/g, "_"))),
  ];
}

function outerCommands(text: string): Words[] {
  const commands: string[][] = [[]];
  let rest = text;
  const words = (): string[] => commands[commands.length - 1] ?? [];
  while (rest !== "") {
    const skipped = /^(?:[ \t]+|#[^\n]*|[<>]{1,2}[ \t]*\S+)/.exec(rest);
    const end = ends.exec(rest);
    const word = /^(?:"(?:[^"\\]|\\.)*"|'[^']*'|\\.|\$\([^)]*\)|[^\s"'|&;<>\\])+/.exec(rest);
    const taken = (skipped ?? end ?? word)?.[0];
    if (taken === undefined) throw new Error(`cannot read ${JSON.stringify(rest.slice(0, 40))} as a command`);
    if (!skipped && end) commands.push([]);
    else if (!skipped) words().push(unquoted(taken));
    rest = rest.slice(taken.length);
  }
  return commands.map(withoutAssignments).filter((one) => one.length > 0);
}

function withoutHereDocuments(script: string): string {
  return script.replace(/<<-?\s*(['"]?)(\w+)\1([^\n]*)\n[\s\S]*?\n\s*\2(?=\n|$)/g, "$3");
}

function unquoted(word: string): string {
  return word.replace(
    /"((?:[^"\\]|\\.)*)"|'([^']*)'|\\(.)/g,
    (_, double, single, escaped) => double ?? single ?? escaped,
  );
}

/** `NAME=value` before a command is its environment. */
function withoutAssignments(words: readonly string[]): string[] {
  const first = words.findIndex((word) => !/^\w+=/.test(word));
  return first < 0 ? [] : words.slice(first);
}
