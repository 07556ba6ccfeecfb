/** A request to AWS that failed. */
interface Call {
  /** As IAM names it: `s3:GetObject`. */
  readonly action: string;
  /** What it was about: `s3://bucket/key`, a queue, a secret; empty where the request names nothing. */
  readonly resource: string;
}

/** The parts of the SDK's errors that tell what happened. */
interface ServiceError {
  readonly name?: string;
  readonly message?: string;
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

type Middleware = (
  next: (args: { readonly input: object }) => Promise<unknown>,
  context: { readonly clientName?: string; readonly commandName?: string },
) => (args: { readonly input: object }) => Promise<unknown>;

/** A client of the AWS SDK, as far as errors are concerned. */
interface Client {
  readonly middlewareStack: { add(middleware: never, options: object): void };
}

const calls = new WeakMap<object, Call>();

/** Prefixes of actions where they are not the client's name. Source: AWS Service Authorization Reference. */
const prefixes: Readonly<Record<string, string>> = {
  costexplorer: "ce",
  emrserverless: "emr-serverless",
  servicequotas: "servicequotas",
};

/** The fields of a request that say what it is about, most telling first. */
const naming = ["QueueUrl", "SecretId", "ClientVpnEndpointId", "CertificateArn", "applicationId", "RoleName"];

/** Makes a client's errors remember which request they answer, for `describeAwsError`. Returns the same client. */
export function traced<Traced extends Client>(client: Traced): Traced {
  const remember: Middleware = (next, context) => async (args) => {
    try {
      return await next(args);
    } catch (error) {
      if (typeof error === "object" && error !== null && !calls.has(error))
        calls.set(error, callOf(args.input, context));
      throw error;
    }
  };
  client.middlewareStack.add(remember as never, { step: "initialize", priority: "high", name: "traced" });
  return client;
}

function callOf(input: object, { clientName = "", commandName = "" }: Parameters<Middleware>[1]): Call {
  const service = clientName.replace(/Client$/, "").toLowerCase();
  const action = `${prefixes[service] ?? service}:${commandName.replace(/Command$/, "")}`;
  return { action, resource: resourceOf(input as Readonly<Record<string, unknown>>) };
}

function resourceOf(input: Readonly<Record<string, unknown>>): string {
  if (typeof input.Bucket === "string") return `s3://${input.Bucket}/${input.Key ?? input.Prefix ?? ""}`;
  const named = naming.map((field) => input[field]).find((value) => typeof value === "string");
  return typeof named === "string" ? named : "";
}

/** Why AWS did not do something, and what to do about it. */
export interface AwsReason {
  readonly reason: string;
  readonly remedy: string;
}

interface Facts {
  readonly name: string;
  readonly message: string;
  readonly code: string;
  readonly status: number | undefined;
}

interface Rule {
  readonly fits: (facts: Facts) => boolean;
  readonly reason: (facts: Facts) => string;
  readonly remedy: string;
}

const refusedKey =
  /^(?:InvalidAccessKeyId|InvalidClientTokenId|UnrecognizedClientException|AuthFailure|SignatureDoesNotMatch|InvalidToken|InvalidSignatureException|IncompleteSignature)$/;
const unreachable =
  /\b(?:TimeoutError|ECONN[A-Z]+|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|NetworkingError)\b/;

function unreachableIn({ name, code, message }: Facts): string | undefined {
  return unreachable.exec(`${code} ${name} ${message}`)?.[0];
}

/** What errors mean; the first rule that fits counts. Sources: "Common Error Types" of each service's API Reference. */
const rules: readonly Rule[] = [
  {
    fits: ({ name, message }) =>
      /^(?:ExpiredToken(?:Exception)?|RequestExpired|TokenRefreshRequired)$/.test(name) ||
      /token (?:has |is |included .* )?expired/i.test(message),
    reason: () => "the AWS session has expired",
    remedy: "sign in again",
  },
  {
    fits: ({ name, message }) =>
      /^(?:RequestTimeTooSkewed|RequestInTheFuture)$/.test(name) ||
      /^Signature (?:expired|not yet current)/.test(message),
    reason: () => "this machine's clock differs from that of AWS",
    remedy: "set the clock, for example by NTP",
  },
  {
    fits: ({ name }) => refusedKey.test(name),
    reason: ({ name }) => `AWS does not accept the credentials (${name})`,
    remedy: "sign in again, or set AWS_PROFILE",
  },
  {
    // An answer to HEAD has no body: AWS says nothing but 400 to a session token that has expired or is malformed.
    fits: ({ name, status }) => status === 400 && /^(?:UnknownError|Unknown|BadRequest|400)$/.test(name),
    reason: () => "the AWS session has expired, or its token is malformed",
    remedy: "sign in again",
  },
  {
    fits: ({ name, status }) =>
      status === 301 ||
      /^(?:PermanentRedirect|AuthorizationHeaderMalformed|IllegalLocationConstraintException)$/.test(name),
    reason: () => "it is in another region",
    remedy: "compare region and state.region in the environment's file with it",
  },
  {
    fits: ({ name, status }) =>
      status === 403 ||
      /^(?:AccessDenied|UnauthorizedOperation|UnauthorizedAccess|AuthorizationError|Forbidden)/.test(name),
    reason: () => "access is denied",
    remedy: "use a role of the environment's account that may do this; docs/account.md lists them",
  },
  {
    fits: ({ name, status }) =>
      status === 404 ||
      /^(?:NoSuch|NotFound|ResourceNotFound|QueueDoesNotExist|AWS\.SimpleQueueService\.Non)/.test(name),
    reason: () => "it does not exist",
    remedy: "apply the environment first, or sign in to its account",
  },
  {
    fits: (facts) => unreachableIn(facts) !== undefined,
    reason: (facts) => `AWS cannot be reached (${unreachableIn(facts)})`,
    remedy: "check the network, the proxy and AWS_ENDPOINT_URL",
  },
];

/** Explains why AWS did not do something, by the error that its SDK throws. */
export function awsReason(error: unknown): AwsReason {
  const { name = "Error", message = "", code = "", $metadata } = error as ServiceError;
  if (name === "CredentialsProviderError") return credentialsReason(message);
  const facts = { name, message, code, status: $metadata?.httpStatusCode };
  const rule = rules.find(({ fits }) => fits(facts));
  if (rule !== undefined) return { reason: rule.reason(facts), remedy: rule.remedy };
  const remedy = "run the same command again; set PLATFORM_DEBUG=1 to see more";
  return { reason: `${name}: ${message.split("\n")[0]}`, remedy };
}

/** What is missing in the environment variables of the SDK. Source: AWS SDKs and Tools Reference Guide, "Environment variables list". */
function credentialsReason(message: string): AwsReason {
  const { AWS_PROFILE, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY } = process.env;
  if (!AWS_ACCESS_KEY_ID !== !AWS_SECRET_ACCESS_KEY) {
    const missing = AWS_ACCESS_KEY_ID ? "AWS_SECRET_ACCESS_KEY" : "AWS_ACCESS_KEY_ID";
    return {
      reason: `${missing} is not set, and the other half of the key is`,
      remedy: `set ${missing}, or neither`,
    };
  }
  if (AWS_PROFILE) {
    const reason = `no credentials of the profile ${AWS_PROFILE} were found (${message.split("\n")[0]})`;
    return {
      reason,
      remedy: `sign in to it (aws sso login --profile ${AWS_PROFILE}), or set AWS_PROFILE to another`,
    };
  }
  return { reason: "no AWS credentials were found", remedy: "sign in, or set AWS_PROFILE" };
}

/** A failure in words: which request on which resource failed, why, and what to do. */
export interface AwsDescription {
  readonly message: string;
  readonly remedy: string;
}

/** Describes an error of a client that is `traced`; undefined for any other error. */
export function describeAwsError(error: unknown): AwsDescription | undefined {
  const call = typeof error === "object" && error !== null ? calls.get(error) : undefined;
  if (call === undefined) return undefined;
  const { reason, remedy } = awsReason(error);
  const about = call.resource === "" ? "" : ` of ${call.resource}`;
  return { message: `${call.action}${about} failed: ${reason}`, remedy };
}
