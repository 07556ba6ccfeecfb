/**
 * A failure that the user can do something about: shown as its message and remedy, without a stack trace. Every error
 * class of the platform's TypeScript derives from it.
 */
export class Failure extends Error {
  /**
   * @param message what failed, naming the file or object and the value
   * @param remedy what to do about it
   * @param exitCode the exit code of the process
   * @default exitCode 1
   */
  constructor(
    message: string,
    readonly remedy?: string,
    readonly exitCode = 1,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = new.target.name;
  }
}
