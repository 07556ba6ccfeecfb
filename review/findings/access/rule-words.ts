import { say } from "../../words";
import type { Rule } from "./rule";

/** A rule in words: `tcp 22 in from 0.0.0.0/0`. */
export function sayRule({ direction, protocol, from, to, peer, people }: Rule): string {
  const ports = protocol === "-1" ? "everything" : `${protocol} ${from === to ? from : `${from}–${to}`}`;
  const whom = people === "*" ? "" : ` for group ${people}`;
  return `${ports} ${direction === "in" ? "in from" : "out to"} ${say(peer)}${whom}`;
}
