import { createInterface, type Interface } from "node:readline/promises";
import { Failure } from "../../base/failure";
import { exitCodes } from "../../contracts/layout";

/**
 * Asks on the terminal, or a pipe that types. Every answer is a line, which needs no more than Node's own line editor: a
 * screen reader reads it, and a script can type it.
 */
export class Asker {
  private readonly terminal: Interface;
  private readonly lines: AsyncIterator<string>;
  private interrupted = false;

  constructor() {
    this.terminal = createInterface({ input: process.stdin, output: process.stdout });
    this.lines = this.terminal[Symbol.asyncIterator]();
    this.terminal.on("SIGINT", () => {
      this.interrupted = true;
      this.terminal.close();
    });
  }

  /**
   * One line of an answer.
   * @throws Failure when there is nobody to answer any more
   */
  async ask(question: string): Promise<string> {
    this.terminal.setPrompt(`${question}: `);
    this.terminal.prompt();
    const { done, value } = await this.lines.next();
    if (!done) return value;
    if (this.interrupted) throw new Failure("stopped; nothing was written", undefined, exitCodes.interrupted);
    throw new Failure(
      `"${question}" was not answered; nothing was written`,
      "give the rest as options: --help",
    );
  }

  close(): void {
    this.terminal.close();
  }
}
