import { Failure } from "../base/failure";

/** An Airflow connection, as the secrets backend reads it (source: Airflow, "Managing Connections", JSON format). */
export interface SmtpConnection {
  readonly conn_type: "smtp";
  readonly host: string;
  readonly port: number;
  readonly login?: string;
  readonly password?: string;
  readonly extra: Readonly<Record<string, string | number | boolean>>;
}

/** What Airflow's SMTP hook takes besides address and credentials (source: apache-airflow-providers-smtp, "SMTP Connection"). */
const EXTRAS: Record<string, (value: string) => string | number> = {
  from_email: String,
  timeout: Number,
  retry_limit: Number,
};

const EXPECTED =
  "it must look like smtp://user:password@host:587 (STARTTLS) or smtps://user:password@host:465 (TLS)";

/**
 * Turns a mail server's URI into the connection Airflow reads. Mail always travels encrypted: `smtp` starts TLS on
 * the connection, `smtps` opens it with TLS.
 * @throws Failure that never repeats the URI: it holds a password
 */
export function parseSmtpUri(text: string): SmtpConnection {
  const uri = parseUri(text.trim());
  const tls = uri.protocol === "smtps:";
  return {
    conn_type: "smtp",
    host: uri.hostname.replace(/^\[|\]$/g, ""),
    port: uri.port ? Number(uri.port) : tls ? 465 : 587,
    ...credentials(uri),
    extra: { ...(tls ? { disable_tls: true } : { disable_ssl: true }), ...extras(uri) },
  };
}

function parseUri(text: string): URL {
  if (text === "") throw new Failure("the SMTP URI is empty", EXPECTED);
  if (!URL.canParse(text)) throw new Failure("the SMTP URI cannot be read as a URI", EXPECTED);
  const uri = new URL(text);
  if (!["smtp:", "smtps:"].includes(uri.protocol)) {
    throw new Failure(`the SMTP URI's scheme is "${uri.protocol.slice(0, -1)}"`, EXPECTED);
  }
  if (uri.hostname === "") throw new Failure("the SMTP URI has no host", EXPECTED);
  if (!["", "/"].includes(uri.pathname))
    throw new Failure("the SMTP URI has a path, which SMTP does not know", EXPECTED);
  return uri;
}

function credentials(uri: URL): { login?: string; password?: string } {
  if ((uri.username === "") !== (uri.password === "")) {
    throw new Failure("the SMTP URI has a user or a password, but not both", EXPECTED);
  }
  if (uri.username === "") return {};
  try {
    return { login: decodeURIComponent(uri.username), password: decodeURIComponent(uri.password) };
  } catch {
    throw new Failure(
      "the SMTP URI's user or password is badly percent-encoded",
      'write "%" as %25, "@" as %40, "/" as %2F',
    );
  }
}

function extras(uri: URL): Record<string, string | number> {
  const known = Object.keys(EXTRAS).join(", ");
  return Object.fromEntries(
    [...uri.searchParams].map(([name, value]) => {
      const read = EXTRAS[name];
      if (!read) throw new Failure(`the SMTP URI has an unknown parameter "${name}"`, `it may have ${known}`);
      const typed = read(value);
      if (Number.isNaN(typed)) throw new Failure(`the SMTP URI's ${name} is "${value}", which is no number`);
      return [name, typed];
    }),
  );
}
