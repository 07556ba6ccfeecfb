import { type ChildProcess, spawn } from "node:child_process";
import { copyFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { makeDirectory } from "./repository";

const root = join(__dirname, "..", "..", "..");

/** What a command said, and how it ended. */
export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command that is running. */
export interface Running {
  readonly process: ChildProcess;
  readonly outcome: Promise<Outcome>;
}

/** A folder with the dev environment alone. */
export function makeEnvironments(): string {
  const directory = makeDirectory();
  mkdirSync(directory, { recursive: true });
  copyFileSync(join(root, "environments", "dev.tfvars"), join(directory, "dev.tfvars"));
  return directory;
}

/** The artifacts bucket of the dev environment. */
export const DEV_BUCKET = "big-data-dev-artifacts-111111111111";

/** Starts `./platform` with AWS at an address, and with nothing of the machine's own AWS settings. */
export function start(
  args: readonly string[],
  url: string,
  environment: NodeJS.ProcessEnv = credentials,
): Running {
  const machine = Object.entries(process.env).filter(([name]) => !name.startsWith("AWS_"));
  const env = {
    ...Object.fromEntries(machine),
    NO_COLOR: "1",
    AWS_ENDPOINT_URL: url,
    AWS_EC2_METADATA_DISABLED: "true",
    ...environment,
  };
  const child = spawn(join(root, "platform"), [...args], { env, stdio: ["ignore", "pipe", "pipe"] });
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const outcome = Promise.all([ended, text(child.stdout), text(child.stderr)]);
  return { process: child, outcome: outcome.then(([code, stdout, stderr]) => ({ code, stdout, stderr })) };
}

/** Runs `./platform` to its end. */
export function run(args: readonly string[], url: string, environment?: NodeJS.ProcessEnv): Promise<Outcome> {
  return start(args, url, environment).outcome;
}

const credentials = { AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" };
