import { text } from "node:stream/consumers";
import {
  PutSecretValueCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { traced } from "../base/aws-errors";
import { Failure } from "../base/failure";
import type { EnvironmentConfig } from "../config";
import type { SmtpConnection } from "./smtp-connection";

/** The URI from PLATFORM_SMTP_URI or stdin, never from an argument: those end up in shell histories and process lists. */
export async function readSmtpUri(): Promise<string> {
  const given = process.env.PLATFORM_SMTP_URI;
  if (given !== undefined) return given;
  if (process.stdin.isTTY) {
    throw new Failure(
      "no SMTP URI was given",
      "pipe it in, or set PLATFORM_SMTP_URI: it holds a password, so it is no argument",
    );
  }
  return text(process.stdin);
}

/**
 * Puts a connection into the secret that the orchestration stack made for it.
 * @returns the secret's name
 * @throws Failure when the secret is not there yet
 */
export async function storeConnection(
  config: EnvironmentConfig,
  name: string,
  connection: SmtpConnection,
): Promise<string> {
  const secret = `${config.project}/${config.environment}/airflow/connections/${name}`;
  const client = traced(new SecretsManagerClient({ region: config.region }));
  try {
    await client.send(
      new PutSecretValueCommand({ SecretId: secret, SecretString: JSON.stringify(connection) }),
    );
    return secret;
  } catch (error) {
    if (!(error instanceof ResourceNotFoundException)) throw error;
    throw new Failure(
      `there is no secret ${secret} in ${config.region}`,
      `the orchestration stack makes it: ./platform apply --env ${config.environment}`,
    );
  } finally {
    client.destroy();
  }
}
