import { Failure } from "../../base/failure";
import { parseSmtpUri } from "../../cli/smtp-connection";

const expected =
  "it must look like smtp://user:password@host:587 (STARTTLS) or smtps://user:password@host:465 (TLS)";

describe("an SMTP URI", () => {
  test.each([
    [
      "smtp://mail.example.com",
      { conn_type: "smtp", host: "mail.example.com", port: 587, extra: { disable_ssl: true } },
    ],
    [
      " smtps://ada:l%40ve%2Flace@mail.example.com\n",
      {
        conn_type: "smtp",
        host: "mail.example.com",
        port: 465,
        login: "ada",
        password: "l@ve/lace",
        extra: { disable_tls: true },
      },
    ],
    [
      "smtp://u:p@[::1]:2525/?from_email=ops%40example.com&timeout=10&retry_limit=2",
      {
        conn_type: "smtp",
        host: "::1",
        port: 2525,
        login: "u",
        password: "p",
        extra: { disable_ssl: true, from_email: "ops@example.com", timeout: 10, retry_limit: 2 },
      },
    ],
  ])("%s becomes Airflow's connection", (uri, connection) => {
    expect(parseSmtpUri(uri)).toEqual(connection);
  });

  test.each([
    ["", "the SMTP URI is empty", expected],
    ["mail.example.com", "the SMTP URI cannot be read as a URI", expected],
    ["http://u:secret@mail.example.com", 'the SMTP URI\'s scheme is "http"', expected],
    ["smtp://", "the SMTP URI has no host", expected],
    ["smtp://u:secret@mail.example.com/box", "the SMTP URI has a path, which SMTP does not know", expected],
    ["smtp://u@mail.example.com", "the SMTP URI has a user or a password, but not both", expected],
    ["smtp://:secret@mail.example.com", "the SMTP URI has a user or a password, but not both", expected],
    [
      "smtp://u:secret%@mail.example.com",
      "the SMTP URI's user or password is badly percent-encoded",
      'write "%" as %25, "@" as %40, "/" as %2F',
    ],
    [
      "smtp://u:secret@mail.example.com?disable_tls=true",
      'the SMTP URI has an unknown parameter "disable_tls"',
      "it may have from_email, timeout, retry_limit",
    ],
    [
      "smtp://u:secret@mail.example.com?timeout=x",
      'the SMTP URI\'s timeout is "x", which is no number',
      undefined,
    ],
  ])("%s is refused, without repeating its password", (uri, message, remedy) => {
    let failure: unknown;
    try {
      parseSmtpUri(uri);
    } catch (error) {
      failure = error;
    }
    expect(failure).toBeInstanceOf(Failure);
    expect(failure).toMatchObject({ message, remedy });
    expect(String(failure)).not.toContain("secret");
  });
});
