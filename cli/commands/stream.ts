import { join, resolve } from "node:path";
import { type Command, Option } from "commander";
import { places } from "../places";
import type { StreamOptions } from "../stream/run-stream";
import { calendarDay, port, setting, wholeNumber } from "./option-values";

interface Options {
  readonly events: number;
  readonly rate: number;
  readonly seed?: number;
  readonly folder: string;
  readonly lake?: string;
  readonly port: number;
  readonly brokerPort: number;
  readonly triggerSeconds: number;
  readonly keepRunning: boolean;
  readonly acceptLoss: boolean;
  readonly searchUrl?: string;
  readonly conf?: Readonly<Record<string, string>>;
  readonly verify: boolean;
  readonly day?: string;
  readonly close?: string;
  readonly report?: string;
}

/** `platform stream`: from HTTP requests to live tables on this machine, with a real broker. */
export function register(program: Command): void {
  program
    .command("stream")
    .description(
      "run a Kafka broker, the endpoint and the streaming job here, and send them generated traffic until all of it is processed",
    )
    .option("--events <count>", "records to send; 0: until Ctrl-C", wholeNumber(0), 200_000)
    .option("--rate <count>", "records per second; 0: as fast as possible", wholeNumber(0), 1_000)
    .option(
      "--seed <number>",
      "the same seed gives the same records, so a second run with it sends repeats (default: another one each time)",
      wholeNumber(0),
    )
    .addOption(
      new Option("--folder <dir>", "broker's data, lake, logs and account").default(
        places.stream,
        "build/stream",
      ),
    )
    .option("--lake <dir>", "root of the lake (default: lake/ in the folder)")
    .option("--port <number>", "port of the endpoint", port, 8000)
    .option("--broker-port <number>", "port of the broker; its controller has the next one", port, 9092)
    .option("--trigger-seconds <seconds>", "seconds between micro-batches", wholeNumber(1), 5)
    .option("--keep-running", "go on once everything is processed, until Ctrl-C", false)
    .option(
      "--accept-loss",
      "go on behind records that the broker dropped before they were read; the ledger keeps which",
      false,
    )
    .option(
      "--search-url <url>",
      "an OpenSearch that live rows are brought into, such as that of `platform explore`",
    )
    .option(
      "--conf <setting>",
      "a setting of Spark, key=value, that wins over the derived ones; may be given several times",
      setting,
    )
    .option("--report <file>", "where the report goes (default: report.html in the folder)")
    .addOption(
      new Option(
        "--verify",
        "run the batch of a closed day instead, and compare it with the stream: exit 3 when they differ",
      )
        .default(false)
        .conflicts("close"),
    )
    .option("--day <date>", "day for --verify (default: the last day that is closed)", calendarDay)
    .option("--close <date>", "process what is left of a day and close it, instead of a run", calendarDay)
    .action(async (options: Options, command: Command) => {
      if (options.day !== undefined && !options.verify)
        command.error("error: option '--day <date>' needs option '--verify'");
      const { foldersOf } = await import("../stream/folders");
      const folders = foldersOf(options.folder, options.lake);
      const ports = { endpoint: options.port, broker: options.brokerPort };
      if (options.verify) {
        const { verifyDay } = await import("../stream/verify");
        return verifyDay(folders, options.day, reportOf(options, folders));
      }
      if (options.close !== undefined) {
        const { closeDay } = await import("../stream/close-day");
        const { acceptLoss, searchUrl } = options;
        const more = { acceptLoss, ...(searchUrl === undefined ? {} : { searchUrl }) };
        return closeDay(folders, ports, options.close, more);
      }
      const { runStream } = await import("../stream/run-stream");
      return runStream(streamOptions(options, folders, ports));
    });
}

function streamOptions(
  { events, rate, seed, triggerSeconds, keepRunning, acceptLoss, searchUrl, conf, report }: Options,
  folders: StreamOptions["folders"],
  ports: StreamOptions["ports"],
): StreamOptions {
  return {
    ...{ folders, ports, triggerSeconds, keepRunning, acceptLoss },
    ...(searchUrl === undefined ? {} : { searchUrl }),
    // Events of an earlier seed would be repeats.
    traffic: { events, rate, seed: seed ?? Math.floor(Date.now() / 1000) },
    ...(conf === undefined ? {} : { conf }),
    report: reportOf({ report }, folders),
  };
}

function reportOf(
  { report }: { readonly report?: string | undefined },
  folders: StreamOptions["folders"],
): string {
  return resolve(report ?? join(folders.root, "report.html"));
}
