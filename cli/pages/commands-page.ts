import type { Argument, Command, Option } from "commander";

const introduction = `<!-- Written by \`npm run docs:commands\` from the command line's own help. Do not edit. -->

# Commands

\`./platform --help\` lists the commands and \`./platform <command> --help\` their options; this page says the same. Every command
that has \`--env\` checks all environments first.

| Exit code | Meaning |
| --- | --- |
| 0 | done |
| 1 | not done: the message says what is wrong, where, and what to do. A \`run\` that its audit rejected, or that is published without data that was left out |
| 2 | \`plan --detailed-exitcode\`: there are changes, or stacks that wait |
| 3 | \`review --fail-on\`: the review found a risk of that kind; \`stream --verify\`: stream and batch differ |
| 130 | interrupted, or stopped at a question |

With \`--json\` a command prints JSON on standard output and everything else on standard error. To complete commands and options in
a shell, add one line to its start-up file: \`source <(./platform completion bash)\`, or \`zsh\`, in the folder of the repository.`;

/** The reference of the command line, as Markdown, from what its own help is made of. */
export function renderCommands(program: Command): string {
  const global = ["## Before every command", optionTable(program.options)].join("\n\n");
  const sections = leavesOf(program, "./platform").map(({ name, command }) => renderCommand(name, command));
  return `${[introduction, global, ...sections].join("\n\n")}\n`;
}

interface Leaf {
  readonly name: string;
  readonly command: Command;
}

/** Commands that do something, in the order of the help. */
function leavesOf(parent: Command, prefix: string): Leaf[] {
  return parent.commands.flatMap((command) => {
    const name = `${prefix} ${command.name()}`;
    return command.commands.length > 0 ? leavesOf(command, name) : [{ name, command }];
  });
}

function renderCommand(name: string, command: Command): string {
  const words = [name, ...command.registeredArguments.map(usageOf)].join(" ");
  const sentence = command.description();
  const parts = [`## \`${words}\``, `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`];
  return [...parts, ...(command.options.length > 0 ? [optionTable(command.options)] : [])].join("\n\n");
}

function usageOf(argument: Argument): string {
  return argument.required ? `<${argument.name()}>` : `[${argument.name()}]`;
}

function optionTable(options: readonly Option[]): string {
  const rows = options.map((option) => [`\`${option.flags}\``, meaningOf(option)]);
  return [["Option", "Meaning"], ["---", "---"], ...rows].map(renderCells).join("\n");
}

function meaningOf({ description, mandatory, defaultValue, defaultValueDescription }: Option): string {
  const value = defaultValue === undefined || defaultValue === false ? undefined : String(defaultValue);
  const preset = defaultValueDescription ?? value;
  const notes = [...(mandatory ? ["required"] : []), ...(preset === undefined ? [] : [`default: ${preset}`])];
  return notes.length === 0 ? description : `${description} (${notes.join(", ")})`;
}

function renderCells(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}
