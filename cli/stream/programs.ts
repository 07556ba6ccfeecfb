import { existsSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "../../base/failure";
import { places, shown } from "../places";
import type { Program } from "../programs/child";
import type { Folders } from "./folders";

/** Milliseconds that programs get to end by themselves: the broker closes its logs, the endpoint answers what it has. */
const GRACE = { broker: 20_000, endpoint: 35_000, traffic: 40_000, topics: 5_000 };

/** Where programs of a stream listen. */
export interface Ports {
  readonly endpoint: number;
  /** The broker's; its controller has the next one. */
  readonly broker: number;
}

/** How much traffic the generator sends. */
export interface TrafficOptions {
  /** Records; 0: until it is stopped. */
  readonly events: number;
  /** Records per second; 0: as fast as possible. */
  readonly rate: number;
  readonly seed: number;
  readonly customers: number;
  readonly products: number;
}

/** @throws Failure that names what is not installed */
export function requireInstalled(): void {
  const needed = {
    [places.servicesPython]: "the endpoint and the generator run on it",
    [join(places.kafka, ".run")]: "the Kafka broker is there",
    [join(places.jars, ".stream")]: "Spark reads Kafka with these jars",
  };
  for (const [path, why] of Object.entries(needed))
    if (!existsSync(path))
      throw new Failure(`${shown(path)} is not there: ${why}`, "run `make install-stream`");
}

/** The programs of a stream but for Spark's job. */
export class Programs {
  constructor(
    private readonly folders: Folders,
    private readonly ports: Ports,
  ) {}

  get bootstrap(): string {
    return `127.0.0.1:${this.ports.broker}`;
  }

  get endpointUrl(): string {
    return `http://127.0.0.1:${this.ports.endpoint}`;
  }

  /** A Kafka broker that keeps its data. */
  broker(): Program {
    const command = join(places.root, "services", "broker", "run");
    return this.program("broker", command, [this.folders.kafka, String(this.ports.broker)]);
  }

  /** Makes the topics of the contracts, or checks those that are there; ends by itself. */
  topics(): Program {
    return this.service("topics", "ingest", ["-m", "ingest.topics"]);
  }

  /** Takes events over HTTP. */
  endpoint(): Program {
    return this.service("endpoint", "ingest", ["-m", "ingest"]);
  }

  /** Sends traffic; ends by itself. */
  traffic(options: TrafficOptions): Program {
    const values = { ...options, endpoint: this.endpointUrl, bootstrap: this.bootstrap };
    const args = Object.entries(values).flatMap(([name, value]) => [`--${name}`, String(value)]);
    return this.service("traffic", "traffic", ["-m", "traffic", ...args, "--account", this.folders.account]);
  }

  private service(name: keyof typeof GRACE, folder: string, args: readonly string[]): Program {
    const { contracts } = this.folders;
    return this.program(name, places.servicesPython, args, {
      PYTHONPATH: join(places.root, "services", folder),
      PYTHONDONTWRITEBYTECODE: "1",
      PYTHONUNBUFFERED: "1",
      INGEST_CONTRACTS: contracts,
      INGEST_BOOTSTRAP: this.bootstrap,
      INGEST_PORT: String(this.ports.endpoint),
    });
  }

  private program(
    name: keyof typeof GRACE,
    command: string,
    args: readonly string[],
    env?: NodeJS.ProcessEnv,
  ): Program {
    const log = join(this.folders.logs, `${name}.log`);
    return {
      name,
      command,
      args,
      log,
      grace: GRACE[name],
      installedBy: "install-stream",
      ...(env === undefined ? {} : { env }),
    };
  }
}
