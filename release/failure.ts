import { Failure } from "../base/failure";

/** A release cannot be made, published or found. */
export class BundleError extends Failure {
  /**
   * @param message what is wrong, naming the file or the object and the value
   * @param remedy what to do about it
   */
  constructor(message: string, remedy?: string, options?: ErrorOptions) {
    super(message, remedy, undefined, options);
  }
}
