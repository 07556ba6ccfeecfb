import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { judge } from "./known";
import { type Mention, pages, root } from "./markdown";
import { commandsOf, type Words } from "./shell";

interface Said {
  readonly place: string;
  readonly words: Words;
}

const generated = ["docs/commands.md", "docs/configuration.md", "docs/billed.md"];
const written = pages().filter(({ file }) => !generated.includes(file));

/** Commands in blocks and indented lines, which somebody copies as they are. */
function copied(): Said[] {
  const fenced = written.flatMap(({ blocks }) => blocks.filter(({ info }) => /^sh\b/.test(info)));
  const indented = written.flatMap((page) => page.indented);
  return [...fenced, ...indented].flatMap(({ file, line, text }) => {
    return commandsOf(text.trim()).map((words) => ({ place: `${file}:${line} ${words.join(" ")}`, words }));
  });
}

/** Commands in the text, which may leave out what is said around them. */
function mentioned(): Said[] {
  const isCommand = ({ text }: Mention): boolean => /^(?:\.\/platform|make|npm run|aws [a-z]) ?/.test(text);
  const shortened = /[…|]|^\S+$/;
  return written
    .flatMap((page) => page.code.filter((one) => isCommand(one) && !shortened.test(one.text)))
    .flatMap(({ file, line, text }) =>
      commandsOf(text).map((words) => ({ place: `${file}:${line} ${text}`, words })),
    );
}

/** Text around a command says the environment, or what an option's value is. */
const leftOut = /required option '--env|missing required argument|required option '--at|argument missing/;

test("every command of the guides is one that there is", async () => {
  const all = copied();
  expect(all.length).toBeGreaterThan(60);
  const problems = await Promise.all(
    all.map(async ({ place, words }) => [place, await judge(words)] as const),
  );
  expect(problems.filter(([, problem]) => problem !== undefined)).toEqual([]);
});

test("every command that a text mentions is one that there is", async () => {
  const all = mentioned();
  expect(all.length).toBeGreaterThan(60);
  const problems = await Promise.all(
    all.map(async ({ place, words }) => [place, await judge(words)] as const),
  );
  expect(problems.filter(([, problem]) => problem !== undefined && !leftOut.test(problem))).toEqual([]);
});

test("every command of the AWS CLI has an operation and options that the service has", () => {
  const all = [...copied(), ...mentioned()].filter(({ words: [name] }) => name === "aws");
  expect(all.length).toBeGreaterThan(15);
  const python = join(root, ".venv", "tools", "bin", "python");
  const input = JSON.stringify(all.map(({ words: [, ...args] }) => args));
  const answer = execFileSync(python, [join(__dirname, "aws.py")], { input, encoding: "utf8" });
  const problems: (string | null)[] = JSON.parse(answer);
  expect(
    all.map(({ place }, index) => [place, problems[index]]).filter(([, problem]) => problem !== null),
  ).toEqual([]);
});

test("a command that is wrong is found", async () => {
  const wrong = [
    "./platform aply",
    "./platform plan --env dev --stack lake",
    "make tset",
    "npm run docs",
    "frobnicate",
    "drills/none",
  ];
  const problems = await Promise.all(wrong.flatMap(commandsOf).map(judge));
  expect(problems.map((problem) => problem?.split("\n")[0])).toEqual([
    "error: unknown command 'aply'",
    "error: unknown option '--stack'",
    "no target tset in the Makefile",
    "no such npm script",
    "no such command",
    "drills/none does not exist",
  ]);
});

test("a script is cut into its commands, whatever stands around them", () => {
  const script = `key=$(jq -r .name <file>) A=1 make 'a b' | grep "c" # make none
cat >file <<'EOT'
make none
EOT
./platform plan \\
  --env dev && echo <the name>`;
  expect(commandsOf(script)).toEqual([
    ["jq", "-r", ".name", "_file_"],
    ["make", "a b"],
    ["grep", "c"],
    ["cat"],
    ["./platform", "plan", "--env", "dev"],
    ["echo", "_the_name_"],
  ]);
});
