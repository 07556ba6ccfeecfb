import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { completionScript, type Shell, shells } from "../../cli/completion";
import { createProgram } from "../../cli/main";

describe("the completion", () => {
  let environments: string;

  beforeAll(() => {
    environments = mkdtempSync(join(tmpdir(), "it's here-"));
    for (const name of ["dev", "prod"]) writeFileSync(join(environments, `${name}.tfvars`), "");
  });

  afterAll(() => rmSync(environments, { recursive: true }));

  /** How each shell runs the function: zsh does as its `bashcompinit` does. */
  const around: Record<Shell, readonly [before: string, after: string]> = {
    bash: ["", "_platform"],
    zsh: [
      "autoload -U +X compinit bashcompinit; compinit -u -D; bashcompinit",
      "run() { emulate -L sh; setopt kshglob noshglob braceexpand; _platform; }; run",
    ],
  };

  /** What a shell would offer after these words, the last of which is being typed. */
  const offeredBy = (shell: Shell, words: readonly string[]): string[] => {
    const [before, after] = around[shell];
    const script = `${before}
      ${completionScript("bash", createProgram(), environments)}
      COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); ${after}; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const options = shell === "zsh" ? ["-f"] : [];
    const { stdout, stderr, status } = spawnSync(shell, [...options, "-c", script, shell, ...words], {
      encoding: "utf8",
    });
    expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
    // zsh's `compgen` prints everything, and zsh shows what begins with the word.
    return stdout.split("\n").filter((word) => word !== "" && word.startsWith(words.at(-1) ?? ""));
  };

  const offered = (...words: readonly string[]): string[] => offeredBy("bash", words);

  test.each([
    [["./platform", "cer"], ["certificates"]],
    [["./platform", "certificates", "rev"], ["revoke"]],
    [["./platform", "certificates", "revoke", "ada", "--e"], ["--env"]],
    [
      ["./platform", "apply", "--env", ""],
      ["dev", "prod"],
    ],
    [["./platform", "apply", "--env", "p"], ["prod"]],
    [["./platform", "--environments", "mine", "che"], ["check"]],
    [["./platform", "review", "--fa"], ["--fail-on"]],
    [["./platform", "nothing", "--"], []],
    [["./platform", "review", "--format", "m"], ["markdown"]],
    [["./platform", "synth", "--out", ""], []],
    [["./platform", "completion", "z"], ["zsh"]],
  ])("after %j offers %j", (words, expected) => {
    for (const shell of shells)
      expect({ shell, offered: offeredBy(shell, words) }).toEqual({ shell, offered: expected });
  });

  test("offers every command and option of the help", () => {
    const program = createProgram();
    expect(offered("./platform", "").filter((word) => !word.startsWith("-"))).toEqual(
      program.commands.map((command) => command.name()),
    );
    for (const command of program.commands)
      for (const { long } of command.options)
        expect(offered("./platform", command.name(), long ?? "")).toContain(long);
  });
});

test("the completion of zsh is that of bash, set up for zsh", () => {
  const [bash, zsh] = (["bash", "zsh"] as const).map((shell) =>
    completionScript(shell, createProgram(), "x"),
  );
  expect(zsh).toBe(`autoload -U +X compinit bashcompinit && compinit -u && bashcompinit\n${bash}`);
});
