import type { Command } from "commander";

/** Shells for which a completion can be printed. */
export const shells = ["bash", "zsh"] as const;

export type Shell = (typeof shells)[number];

/** What can follow the words of a command. */
interface Words {
  /** `certificates revoke`; empty for the program itself. */
  readonly command: string;
  readonly next: readonly string[];
}

/** Options that take a value, by their name, with the values that any command has for them; none where any text will do. */
function valuesOf(command: Command): Map<string, readonly string[]> {
  const values = new Map<string, readonly string[]>();
  const add = (option: string, choices: readonly string[]): void => {
    values.set(option, [...new Set([...(values.get(option) ?? []), ...choices])]);
  };
  for (const { required, optional, long, argChoices = [] } of command.options)
    if (long && (required || optional)) add(long, argChoices);
  for (const child of command.commands) for (const [option, choices] of valuesOf(child)) add(option, choices);
  return values;
}

/** Every command and group of commands, with the words that can follow it. */
function wordsOf(command: Command, name: string): Words[] {
  const children = command.commands.map((child) => child.name());
  const choices = command.registeredArguments.flatMap(({ argChoices = [] }) => argChoices);
  const options = command.options.flatMap(({ long }) => (long ? [long] : []));
  const below = command.commands.flatMap((child) => wordsOf(child, `${name} ${child.name()}`.trim()));
  return [{ command: name, next: [...children, ...choices, ...options, "--help"] }, ...below];
}

/**
 * Returns the script that completes commands, options, environments and files in a shell.
 * Sources: GNU Bash Reference Manual, "Programmable Completion"; zsh documentation, "bashcompinit".
 *
 * @param environments folder of the environments' files, whose names complete `--env`
 */
export function completionScript(shell: Shell, program: Command, environments: string): string {
  const cases = wordsOf(program, "").map(
    ({ command, next }) => `    "${command}") words="${next.join(" ")}" ;;`,
  );
  const values = [...valuesOf(program)].filter(([option]) => !["--env", "--envs"].includes(option));
  const valueCases = values.map(
    ([option, choices]) =>
      `    ${option}) COMPREPLY=($(compgen -W "${choices.join(" ")}" -- "$current")); return ;;`,
  );
  const groups = program.commands.filter(({ commands }) => commands.length > 0).map((group) => group.name());
  const setup =
    shell === "zsh" ? ["autoload -U +X compinit bashcompinit && compinit -u && bashcompinit"] : [];
  return [
    ...setup,
    "_platform() {",
    `  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" command="" words="" word skip="" index`,
    "  if [[ $previous == --env || $previous == --envs ]]; then",
    `    words="$(cd ${quoted(environments)} 2>/dev/null && for file in *.tfvars; do echo "\${file%.tfvars}"; done)"`,
    '    COMPREPLY=($(compgen -W "$words" -- "$current"))',
    "    return",
    "  fi",
    // Without words of its own a completion is left to the shell, which offers files and folders.
    '  case "$previous" in',
    ...valueCases,
    "  esac",
    // By index: zsh takes a part of an array, `:1:COMP_CWORD-1`, for modifiers of a word.
    "  for ((index = 1; index < COMP_CWORD; index++)); do",
    `    word="\${COMP_WORDS[index]}"`,
    "    if [[ -n $skip ]]; then skip=''; continue; fi",
    '    case "$command:$word" in',
    "      :--environments) skip=1 ;;",
    "      *:-*) ;;",
    `      ${groups.map((group) => `${group}:*`).join("|")}) command="$command $word"; break ;;`,
    '      :*) command="$word" ;;',
    "    esac",
    "  done",
    '  case "$command" in',
    ...cases,
    "  esac",
    '  COMPREPLY=($(compgen -W "$words" -- "$current"))',
    "}",
    "complete -o default -F _platform platform ./platform",
    "",
  ].join("\n");
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
