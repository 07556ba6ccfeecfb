import { writeTargets } from "../contract/compile";
import { shown } from "../places";
import { requireFree, untilListening } from "../programs/ports";
import { Session } from "../programs/session";
import { exclusively } from "./exclusively";
import { type Folders, streamedDatasets } from "./folders";
import { prepareStreamJob } from "./job";
import { type Ports, Programs, requireInstalled } from "./programs";
import { Status } from "./status";
import { View } from "./view";

/** Seconds. */
const BROKER_START = 60;

/**
 * Processes what is left of a day and closes it, so that it becomes the input of that day's batch.
 *
 * @throws Failure when a stream runs in the same folder, or when the day cannot be closed
 */
export async function closeDay(folders: Folders, ports: Ports, day: string): Promise<void> {
  requireInstalled();
  await exclusively(folders, async () => {
    const { broker } = ports;
    await requireFree([
      { number: broker, what: "broker", option: "--broker-port" },
      { number: broker + 1, what: "broker's controller", option: "--broker-port" },
    ]);
    writeTargets("contracts", folders.contracts);
    const programs = new Programs(folders, ports);
    const job = await prepareStreamJob(folders, {
      ...{ bootstrap: programs.bootstrap, datasets: streamedDatasets(folders) },
      close: day,
    });
    const status = new Status();
    const view = new View(status);
    const session = new Session(folders.logs, () => view.say("stopping"));
    try {
      view.say("starting the broker");
      session.start(programs.broker());
      await session.within("the broker does not answer", BROKER_START, (signal) =>
        untilListening(broker, signal),
      );
      view.say(`closing ${day}`);
      await session.run(job, [0], { read: (line) => status.readJob(line) });
    } finally {
      await session.stop();
      view.end();
    }
    for (const closed of status.closedDays) console.log(`${closed.dataset}: ${closed.day} is closed`);
    console.log(
      `\`./platform stream --verify --day ${day}\` compares it with its batch, in ${shown(folders.lake)}`,
    );
  });
}
