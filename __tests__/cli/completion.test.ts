import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { completionScript } from "../../cli/completion";
import { createProgram } from "../../cli/main";

describe("the completion of bash", () => {
  let environments: string;

  beforeAll(() => {
    environments = mkdtempSync(join(tmpdir(), "it's here-"));
    for (const name of ["dev", "prod"]) writeFileSync(join(environments, `${name}.tfvars`), "");
  });

  afterAll(() => rmSync(environments, { recursive: true }));

  /** What bash would offer after these words, the last of which is being typed. */
  const offered = (...words: readonly string[]): string[] => {
    const script = `${completionScript("bash", createProgram(), environments)}
      COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _platform; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const { stdout, stderr, status } = spawnSync("bash", ["-c", script, "bash", ...words], {
      encoding: "utf8",
    });
    expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
    return stdout.split("\n").filter(Boolean);
  };

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
  ])("after %j offers %j", (words, expected) => {
    expect(offered(...words)).toEqual(expected);
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
