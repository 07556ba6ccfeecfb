import { Command, Option } from "commander";
import { Failure } from "../base/failure";
import { systemFault } from "../base/files";
import { version } from "../package.json";
import { register as registerApply } from "./commands/apply";
import { register as registerBootstrap } from "./commands/bootstrap";
import { register as registerBundle } from "./commands/bundle";
import { register as registerCertificates } from "./commands/certificates";
import { register as registerCheck } from "./commands/check";
import { register as registerCompletion } from "./commands/completion";
import { register as registerContract } from "./commands/contract";
import { register as registerDestroy } from "./commands/destroy";
import { register as registerDoctor } from "./commands/doctor";
import { register as registerEnvironments } from "./commands/environments";
import { register as registerEvents } from "./commands/events";
import { register as registerExplore } from "./commands/explore";
import { register as registerInit } from "./commands/init";
import { register as registerPlan } from "./commands/plan";
import { register as registerPublish } from "./commands/publish";
import { register as registerQuery } from "./commands/query";
import { register as registerReport } from "./commands/report";
import { register as registerRestore } from "./commands/restore";
import { register as registerReview } from "./commands/review";
import { register as registerRollback } from "./commands/rollback";
import { register as registerRun } from "./commands/run";
import { register as registerSearch } from "./commands/search";
import { register as registerSmtp } from "./commands/smtp";
import { register as registerStream } from "./commands/stream";
import { register as registerSynth } from "./commands/synth";
import { places } from "./places";
import { reportFailure } from "./report-failure";

const commands = [
  registerDoctor,
  registerInit,
  registerCheck,
  registerEnvironments,
  registerContract,
  registerSynth,
  registerReview,
  registerBootstrap,
  registerCertificates,
  registerPlan,
  registerApply,
  registerDestroy,
  registerBundle,
  registerPublish,
  registerRollback,
  registerRestore,
  registerEvents,
  registerRun,
  registerStream,
  registerReport,
  registerQuery,
  registerSearch,
  registerExplore,
  registerSmtp,
  registerCompletion,
];

/** The whole command line. Commands load what they need when they run: `check` never pays for Terraform or AWS. */
export function createProgram(): Command {
  const environments = new Option("--environments <dir>", "folder of the environments' .tfvars");
  const program = new Command("platform")
    .description(
      "Checks, synthesizes, plans and applies the platform, publishes its jobs and runs them here.",
    )
    .version(`platform ${version}`, "--version", "print the version of the platform")
    .addOption(environments.default(places.environments, "environments/"))
    .showHelpAfterError("(platform --help lists the commands, platform <command> --help their options)")
    .showSuggestionAfterError();
  for (const register of commands) register(program);
  return program;
}

/** Ends the process: its reader has gone, or its output has no room. */
function stopPrinting(error: NodeJS.ErrnoException): never {
  if (error.code === "EPIPE") process.exit();
  const reason = systemFault(error.message)?.reason ?? error.message;
  const remedy = "free some space, or write it elsewhere";
  process.exit(reportFailure(new Failure(`the output cannot be written: ${reason}`, remedy)));
}

/** Runs one command line and sets the exit code of the process. */
export async function main(argv: readonly string[]): Promise<void> {
  process.stdout.on("error", stopPrinting);
  // The oldest Node that works is in package.json; the SDK's notice of its future plans is none of the user's business.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";
  try {
    await createProgram().parseAsync([...argv]);
  } catch (error) {
    process.exitCode = reportFailure(error);
  }
}
