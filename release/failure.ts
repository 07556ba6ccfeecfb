/** A bundle or a release that cannot be made, published or found; the message names the place and the value. */
export class BundleError extends Error {
  /**
   * @param message what is wrong, naming the file or the object and the value
   * @param remedy what to do about it
   */
  constructor(
    message: string,
    readonly remedy?: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = "BundleError";
  }
}
