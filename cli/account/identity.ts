import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { traced } from "../../base/aws-errors";
import type { EnvironmentConfig } from "../../config";
import type { Verdict } from "./verdict";

/** Who the credentials of this shell are, and whether that is somebody of the environment's account. */
export async function checkIdentity({ account_id, region }: EnvironmentConfig): Promise<Verdict> {
  const client = traced(new STSClient({ region, maxAttempts: 2 }));
  try {
    const { Account = "", Arn = "" } = await client.send(new GetCallerIdentityCommand({}));
    if (Account === account_id) return { state: "ok", detail: Arn };
    const detail = `${Arn} is of account ${Account}; the environment's account_id is ${account_id}`;
    return {
      state: "wrong",
      detail,
      remedy: "take another profile (AWS_PROFILE), or mend account_id in the environment's file",
    };
  } catch (error) {
    return explain(error as Error);
  } finally {
    client.destroy();
  }
}

const login =
  "log in (aws sso login, aws configure), and set AWS_PROFILE when the profile is not the default one";

function explain({ name, message }: Error): Verdict {
  if (name === "CredentialsProviderError" || name === "TokenProviderError")
    return { state: "missing", detail: "no credentials are configured here", remedy: login };
  const said = name === message ? name : `${name}: ${message}`;
  return { state: "wrong", detail: `STS refuses them, or does not answer (${said})`, remedy: login };
}
