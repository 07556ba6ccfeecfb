import { rmSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { writeTargets } from "../contract/compile";
import { requireFree, untilListening, untilReady } from "../programs/ports";
import { Session } from "../programs/session";
import { exclusively } from "./exclusively";
import { type Folders, streamedDatasets } from "./folders";
import { prepareStreamJob } from "./job";
import { type Ports, Programs, requireInstalled, type TrafficOptions } from "./programs";
import { BASE, publishBase } from "./publish-base";
import { Status } from "./status";
import { describeStream } from "./summary";
import { View } from "./view";
import { writeStreamReport } from "./write-report";

/** What a stream on this machine is asked to do. */
export interface StreamOptions {
  readonly folders: Folders;
  readonly ports: Ports;
  readonly traffic: Pick<TrafficOptions, "events" | "rate" | "seed">;
  readonly triggerSeconds: number;
  /** Whether the stream goes on once everything that was sent is processed, until it is interrupted. */
  readonly keepRunning: boolean;
  /** Whether to go on behind records that the broker dropped before they were read. */
  readonly acceptLoss: boolean;
  /** OpenSearch that live rows are brought into. @default none */
  readonly searchUrl?: string;
  /** Settings of Spark that win over all others. @default none */
  readonly conf?: Readonly<Record<string, string>>;
  /** Where the report goes. */
  readonly report: string;
}

const POLL_MS = 200;
const STARTS = { broker: 60, topics: 60, endpoint: 60 };
/** The generator's exit code when it cannot tell of some records whether they were written. */
const SOME_UNKNOWN = 1;

/**
 * Runs broker, endpoint, job and generator until everything that was sent is processed, then stops them.
 *
 * @throws Failure when a program breaks, or when the user interrupts
 */
export async function runStream(options: StreamOptions): Promise<void> {
  const { folders, ports } = options;
  requireInstalled();
  await exclusively(folders, async () => {
    await requireFree([
      { number: ports.endpoint, what: "endpoint", option: "--port" },
      { number: ports.broker, what: "broker", option: "--broker-port" },
      { number: ports.broker + 1, what: "broker's controller", option: "--broker-port" },
    ]);
    writeTargets("contracts", folders.contracts);
    await publishBase(folders.lake);
    await new Stream(options).run();
  });
}

class Stream {
  private readonly began = new Date().toISOString();
  private readonly status = new Status();
  private readonly programs: Programs;
  private readonly view = new View(this.status);
  private readonly session: Session;

  constructor(private readonly options: StreamOptions) {
    this.programs = new Programs(options.folders, options.ports);
    this.session = new Session(options.folders.logs, () =>
      this.view.say("stopping generator, endpoint, job and broker; Ctrl-C again ends them at once"),
    );
  }

  async run(): Promise<void> {
    try {
      await this.start();
      await this.sendAndProcess();
      if (this.options.keepRunning) {
        this.view.say(`running until Ctrl-C: POST to ${this.programs.endpointUrl}/ingest/<dataset>`);
        await this.session.wait(new Promise(() => undefined));
      }
    } finally {
      if (!this.session.interrupted) this.view.say("stopping");
      await this.session.stop();
      this.view.end();
      if (this.status.microBatches > 0) await this.conclude();
    }
  }

  private async start(): Promise<void> {
    const { session, programs, view, status } = this;
    const { folders, ports, triggerSeconds, acceptLoss, searchUrl, conf } = this.options;
    view.say("starting the broker");
    session.start(programs.broker());
    await session.within("the broker does not answer", STARTS.broker, (signal) =>
      untilListening(ports.broker, signal),
    );
    await session.within("the topics are not there", STARTS.topics, () => session.run(programs.topics()));
    const job = await prepareStreamJob(folders, {
      bootstrap: programs.bootstrap,
      datasets: streamedDatasets(folders),
      ...{ triggerSeconds, acceptLoss },
      ...(searchUrl === undefined ? {} : { searchUrl }),
      ...(conf === undefined ? {} : { conf }),
    });
    view.say("starting the job and the endpoint");
    session.start(job, { read: (line) => status.readJob(line) });
    session.start(programs.endpoint());
    await session.within("the endpoint is not ready", STARTS.endpoint, (signal) =>
      untilReady(`${programs.endpointUrl}/ready`, signal),
    );
    // Traffic before would wait for Spark's start, and that would be all that its latency tells.
    await session.wait(this.until(() => status.isReading));
  }

  /** Sends all traffic, and waits until the job has read all that the brokers have. */
  private async sendAndProcess(): Promise<void> {
    const { session, programs, view, status } = this;
    const { customers, products } = BASE;
    rmSync(this.options.folders.account, { force: true });
    view.say("sending");
    await session.run(programs.traffic({ ...this.options.traffic, customers, products }), [0, SOME_UNKNOWN], {
      read: (line) => status.readTraffic(line),
    });
    view.say("processing what is left");
    const patience = Date.now() + 2 * this.options.triggerSeconds * 1000;
    const { microBatches } = status;
    await session.wait(
      this.until(() => {
        // The lag of an earlier micro-batch does not know the last records, unless no further one comes.
        const isRecent = status.microBatches > microBatches || Date.now() > patience;
        const { read, lag } = status.total;
        return isRecent && lag === 0 && read >= status.sent.acknowledged;
      }),
    );
  }

  private async conclude(): Promise<void> {
    const { options, status, programs, began } = this;
    await writeStreamReport(options.folders, options.report, began);
    console.log(`\n${describeStream(options, status, programs, began)}`);
  }

  private async until(isTrue: () => boolean): Promise<void> {
    while (!isTrue() && !this.session.signal.aborted) await sleep(POLL_MS);
  }
}
