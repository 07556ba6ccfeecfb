import { readFileSync } from "node:fs";
import type { ExpressionType } from "@cdktf/hcl2json/lib/syntax-tree";
import { version } from "@cdktf/hcl2json/package.json";
import { sha256 } from "../../base/digest";
import { writeWhole } from "../../base/files";
import { openParser } from "./parser";

/** What is asked of HashiCorp's parser. */
export interface Parser {
  parse(name: string, text: string): Promise<Record<string, unknown>>;
  getExpressionAst(name: string, text: string): Promise<ExpressionType | null>;
}

type Answers = Readonly<Record<string, string>>;

/**
 * The parser, with its answers of the last time: what it says depends on the text and on its version alone, and
 * starting it takes longer than the rest of a check. Texts that it refuses it is asked about again.
 */
export class Memory implements Parser {
  readonly #file: string | undefined;
  readonly #known: Answers;
  readonly #asked = new Map<string, string>();
  #isNew = false;

  /** @param file where answers are kept; without one, none are */
  constructor(file: string | undefined) {
    this.#file = file;
    this.#known = file === undefined ? {} : read(file);
  }

  parse(name: string, text: string): Promise<Record<string, unknown>> {
    return this.#answer(`parse ${name}\n${text}`, async () => (await openParser()).parse(name, text));
  }

  getExpressionAst(name: string, text: string): Promise<ExpressionType | null> {
    return this.#answer(`tree ${name}\n${text}`, async () =>
      (await openParser()).getExpressionAst(name, text),
    );
  }

  /** Keeps the answers that were asked for since, if one of them is new, and none else. */
  save(): void {
    if (this.#file === undefined || !this.#isNew) return;
    try {
      writeWhole(this.#file, JSON.stringify(Object.fromEntries(this.#asked)));
    } catch {
      // A place that cannot be written to costs the next command a tenth of a second, and this one nothing.
    }
  }

  async #answer<Answer>(question: string, ask: () => Promise<Answer>): Promise<Answer> {
    const key = sha256(`${version} ${question}`);
    const known = this.#known[key];
    const answer = known ?? JSON.stringify(await ask());
    if (known === undefined) this.#isNew = true;
    this.#asked.set(key, answer);
    // Read anew for each who asks: they put their own values in.
    return JSON.parse(answer) as Answer;
  }
}

function read(file: string): Answers {
  try {
    return (JSON.parse(readFileSync(file, "utf8")) as Answers | null) ?? {};
  } catch {
    return {};
  }
}
