import { connect, createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { Failure } from "../../base/failure";

const HOST = "127.0.0.1";
const POLL_MS = 100;

/** A port that a program is to listen on. */
export interface Port {
  readonly number: number;
  /** What listens there. */
  readonly what: string;
  /** The option that chooses another one. */
  readonly option: string;
}

/** @throws Failure that names the first port that two programs need, or that is in use, and how to find out by what. */
export async function requireFree(ports: readonly Port[]): Promise<void> {
  requireDifferent(ports);
  for (const { number, what, option } of ports) {
    const code = await failureToListen(number);
    if (code === undefined) continue;
    const reason = code === "EADDRINUSE" ? "in use" : code === "EACCES" ? "not for this user" : code;
    throw new Failure(
      `port ${number} on ${HOST}, which the ${what} needs, is ${reason}`,
      `\`lsof -i :${number}\` or \`ss -ltnp\` names the program that has it; stop that, or choose another port with ${chosenBy(option)}`,
    );
  }
}

function requireDifferent(ports: readonly Port[]): void {
  for (const [position, { number, what, option }] of ports.entries()) {
    const other = ports.slice(0, position).find((earlier) => earlier.number === number);
    if (other === undefined) continue;
    throw new Failure(
      `port ${number} is needed by the ${other.what} and by the ${what}`,
      `choose another one with ${chosenBy(other.option)}, or ${chosenBy(option)}`,
    );
  }
}

/** An option with the variable by which `make` passes it on: `--broker-port (make: BROKER_PORT=…)`. */
function chosenBy(option: string): string {
  return `${option} (make: ${option.slice(2).toUpperCase().replaceAll("-", "_")}=…)`;
}

function failureToListen(port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", ({ code, message }: NodeJS.ErrnoException) => resolve(code ?? message));
    server.listen(port, HOST, () => server.close(() => resolve(undefined)));
  });
}

/** Resolves when something accepts connections on a port. */
export async function untilListening(port: number, signal: AbortSignal): Promise<void> {
  while (!(await accepts(port))) await sleep(POLL_MS, undefined, { signal });
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, HOST);
    const answer = (accepted: boolean) => () => {
      socket.destroy();
      resolve(accepted);
    };
    socket.once("connect", answer(true)).once("error", answer(false));
  });
}

/** Resolves when a GET of the URL answers with 2xx. */
export async function untilReady(url: string, signal: AbortSignal): Promise<void> {
  while (!(await isReady(url))) await sleep(POLL_MS, undefined, { signal });
}

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(2_000) })).ok;
  } catch {
    return false;
  }
}
