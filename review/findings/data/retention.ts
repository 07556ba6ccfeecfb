import { changedLeaves } from "../../leaves";
import { type Judge, relief, risk } from "../../subject";

/** For how long something is kept, by the attribute's name; without a number some are kept for ever. */
const kept: Readonly<Record<string, { readonly what: string; readonly isEndless: boolean }>> = {
  backup_retention_period: { what: "Days that backups are kept", isEndless: false },
  deletion_window_in_days: { what: "Days in which a deleted key can be brought back", isEndless: false },
  message_retention_seconds: { what: "Seconds that messages are kept", isEndless: false },
  performance_insights_retention_period: { what: "Days that performance data are kept", isEndless: false },
  recovery_window_in_days: { what: "Days in which a deleted secret can be brought back", isEndless: false },
  retention_in_days: { what: "Days that logs are kept", isEndless: true },
};

/** Retention that gets shorter is data lost; a longer one is none. */
export const judgeRetention: Judge = ({ before, after }) => {
  if (before === undefined || after === undefined) return [];
  return changedLeaves(before, after).flatMap(({ path, was, is }) => {
    const entry = kept[path.split(".").at(-1) ?? ""];
    if (entry === undefined) return [];
    const length = (value: unknown): number => {
      const number = Number(value ?? 0);
      return entry.isEndless && number === 0 ? Number.POSITIVE_INFINITY : number;
    };
    const [old, now] = [length(was), length(is)];
    const sentence = `${entry.what}: ${sayLength(now)} instead of ${sayLength(old)}.`;
    return [now < old ? risk("data", sentence) : relief("data", sentence)];
  });
};

function sayLength(length: number): string {
  return Number.isFinite(length) ? String(length) : "for ever";
}
