import type { Finding, Json } from "../change";
import { at } from "../json";
import { type Judge, relief, risk } from "../subject";
import { say } from "../words";

/** A setting with a safe and an unsafe side. */
export interface Switch {
  readonly type: string;
  /** Where it is, such as `logging_configuration.task_logs.enabled`. */
  readonly path: string;
  /** Whether a value is on the safe side; `undefined` stands for a setting that is not written. */
  readonly isSafe: (value: Json | undefined) => boolean;
  /** What the unsafe side means, as a sentence. */
  readonly unsafe: string;
}

/** Safe when true; not written it is what the provider takes for granted. */
export function whenTrue(value: Json | undefined, fallback = false): boolean {
  return String(value ?? fallback) === "true";
}

/** Safe when false or not written. */
export function whenFalse(value: Json | undefined): boolean {
  return !whenTrue(value);
}

/**
 * Judges settings that went from one side to the other. Of a new resource the unsafe side is a risk too, when
 * `judgesNew` says so: what holds nothing yet can lose nothing.
 */
export function judgeSwitches(
  category: Finding["category"],
  switches: readonly Switch[],
  judgesNew: boolean,
): Judge {
  return ({ change, before, after }) => {
    if (after === undefined || (before === undefined && !judgesNew)) return [];
    return switches
      .filter(({ type }) => type === change.type || type === "*")
      .flatMap(({ path, isSafe, unsafe }) => {
        const [was, is] = [before === undefined || isSafe(at(before, path)), isSafe(at(after, path))];
        if (was === is) return [];
        const values = `${path} was ${say(at(before, path))} and is ${say(at(after, path))}`;
        const sentence =
          before === undefined ? `${unsafe}: ${path} is ${say(at(after, path))}.` : `${unsafe}: ${values}.`;
        return [is ? relief(category, `Safer: ${values}.`) : risk(category, sentence)];
      });
  };
}
