import { Failure } from "../../base/failure";
import { writeTargets } from "../contract/compile";
import { shown } from "../places";
import { requireFree, untilListening } from "../programs/ports";
import { Session } from "../programs/session";
import { closedDays } from "./closed-days";
import { exclusively } from "./exclusively";
import { type Folders, streamedDatasets } from "./folders";
import { type JobOptions, prepareStreamJob } from "./job";
import { type Ports, Programs, requireInstalled } from "./programs";
import { Status } from "./status";
import { View } from "./view";

/** Seconds. */
const BROKER_START = 60;

/**
 * Processes what is left of a day and closes it, so that it becomes the input of that day's batch.
 *
 * @throws Failure when the day is still to come, a stream runs in the same folder, or the day cannot be closed
 */
export async function closeDay(
  folders: Folders,
  ports: Ports,
  day: string,
  options: Pick<JobOptions, "acceptLoss" | "searchUrl">,
): Promise<void> {
  requireArrived(day);
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
      ...{ ...options, close: day },
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
    const datasets = streamedDatasets(folders);
    const archived = datasets.filter((name) => closedDays(folders.lake, [name]).includes(day));
    console.log(describeClosing(day, status.closedDays, datasets, archived));
    console.log(`the lake: ${shown(folders.lake)}`);
  });
}

/**
 * Describes what the closing of a day has closed, and what is next. A day that was closed before is no failure.
 *
 * @param closed days that were closed just now
 * @param datasets streamed datasets
 * @param archived those whose archive of the day is closed by now
 * @throws Failure when the day is before the first record of every dataset, so that it is no batch's input
 */
export function describeClosing(
  day: string,
  closed: Status["closedDays"],
  datasets: readonly string[],
  archived: readonly string[],
): string {
  const isNew = (name: string) => closed.some((each) => each.dataset === name && each.day === day);
  const before = archived.filter((name) => !isNew(name));
  const lines = [
    ...closed.map((each) => `${each.dataset}: ${each.day} is closed`),
    ...before.map((name) => `${name}: ${day} was closed before`),
  ];
  if (lines.length === 0)
    throw new Failure(
      `${day} cannot be closed: the first record of ${datasets.join(" and ")} is of a later day`,
      "name a day of which there are records; `./platform stream` sends some of today's",
    );
  if (datasets.every((name) => archived.includes(name)))
    lines.push(`\`./platform stream --verify --day ${day}\` compares it with its batch`);
  return lines.join("\n");
}

/** Closing takes every day before with it, and records of a closed day count for the first open one: it cannot be undone. */
export function requireArrived(day: string, now = new Date()): void {
  const today = now.toISOString().slice(0, 10);
  if (day > today)
    throw new Failure(
      `${day} cannot be closed: it is still to come, and every record until then would count for the day after it`,
      `name a day up to ${today}, which is today in UTC`,
    );
}
