import { Failure } from "../base/failure";

/** A certificate cannot be made or read. */
export class CertificateError extends Failure {
  /** @param remedy what to do about it */
  constructor(message: string, remedy: string) {
    super(message, remedy);
  }
}
