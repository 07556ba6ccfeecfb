import {
  CreateSecretCommand,
  GetSecretValueCommand,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { MotoServer } from "../../terraform/moto-server";
import { runPlatform } from "../platform-process";

const secret = "big-data/dev/airflow/connections/smtp_default";

describe("smtp", () => {
  jest.setTimeout(60_000);

  let moto: MotoServer;
  let client: SecretsManagerClient;

  beforeAll(async () => {
    moto = await MotoServer.start();
    client = new SecretsManagerClient({
      endpoint: moto.url,
      region: "eu-north-1",
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
    });
  });

  afterAll(async () => {
    client.destroy();
    await moto.stop();
  });

  const smtp = (uri: string): ReturnType<typeof runPlatform> =>
    runPlatform(["smtp", "--env", "dev"], { ...moto.environment, PLATFORM_SMTP_URI: uri });

  test("says which command makes the secret when there is none", async () => {
    expect(await smtp("smtps://ada:secret@mail.example.com")).toEqual({
      code: 1,
      output: `✗ there is no secret ${secret} in eu-north-1\n  → the orchestration stack makes it: ./platform apply --env dev\n`,
    });
  });

  test("fills the secret that Terraform made empty", async () => {
    await client.send(new CreateSecretCommand({ Name: secret }));
    expect(await smtp("smtps://ada:secret@mail.example.com")).toEqual({
      code: 0,
      output: `${secret}: Airflow sends its mail through mail.example.com:465 from now on\n`,
    });
    const { SecretString = "" } = await client.send(new GetSecretValueCommand({ SecretId: secret }));
    expect(JSON.parse(SecretString)).toEqual({
      conn_type: "smtp",
      host: "mail.example.com",
      port: 465,
      login: "ada",
      password: "secret",
      extra: { disable_tls: true },
    });
  });

  test("reads the URI from its input", async () => {
    const { code } = await runPlatform(
      ["smtp", "--env", "dev"],
      moto.environment,
      "smtp://relay.example.com\n",
    );
    expect(code).toBe(0);
    const { SecretString = "" } = await client.send(new GetSecretValueCommand({ SecretId: secret }));
    expect(JSON.parse(SecretString)).toMatchObject({ host: "relay.example.com", port: 587 });
    expect(await runPlatform(["smtp", "--env", "dev"], moto.environment)).toMatchObject({
      code: 1,
      output: expect.stringMatching(/^✗ the SMTP URI is empty\n/),
    });
  });

  test("refuses what is no mail server", async () => {
    const { code, output } = await smtp("https://ada:secret@mail.example.com");
    expect(code).toBe(1);
    expect(output).toContain('✗ the SMTP URI\'s scheme is "https"');
    expect(output).not.toContain("secret@");
  });
});
