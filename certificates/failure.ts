/** What keeps a certificate from being made or read, and what to do about it. */
export class CertificateError extends Error {
  /** @param remedy what to do about it */
  constructor(
    message: string,
    readonly remedy: string,
  ) {
    super(message);
    this.name = "CertificateError";
  }
}
