/** What a read of AWS answered, or why it did not. */
export type Read<Value> = { readonly value: Value } | { readonly unread: string; readonly remedy: string };

const denials = /^(?:AccessDenied|UnauthorizedOperation|AuthorizationError)/;

/**
 * Reads something of the account that the caller may not be allowed to read, which is no reason to stop.
 *
 * @param permission the action that IAM has to allow, `iam:GetRole` for example
 */
export async function readAws<Value>(permission: string, ask: () => Promise<Value>): Promise<Read<Value>> {
  try {
    return { value: await ask() };
  } catch (error) {
    const { name, message } = error as Error;
    if (denials.test(name)) return { unread: `${permission} is denied`, remedy: `allow ${permission}` };
    const remedy = "look at the network, and at proxies and AWS_ENDPOINT_URL";
    return { unread: `${permission} failed (${name}: ${message.split("\n")[0]})`, remedy };
  }
}

/** Answers with nothing where AWS answers with an error of this name. */
export function absentOn(...names: readonly string[]): (error: Error) => undefined {
  return (error) => {
    if (names.includes(error.name)) return undefined;
    throw error;
  };
}

/** Makes a client for one piece of work. Two attempts are enough for a look. */
export async function withClient<Client extends { destroy(): void }, Result>(
  make: (options: { readonly maxAttempts: number }) => Client,
  work: (client: Client) => Promise<Result>,
): Promise<Result> {
  const client = make({ maxAttempts: 2 });
  try {
    return await work(client);
  } finally {
    client.destroy();
  }
}
