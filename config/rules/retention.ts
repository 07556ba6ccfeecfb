import type { Report } from "../problems";
import type { Parts } from "./rule";

/** Days S3 asks for between Standard-IA and the next class. */
const daysBetweenClasses = 30;

/**
 * Data grows colder in steps that S3 accepts. What expires are other prefixes, which stay in one class until then, so
 * no expiry has to wait for a transition.
 * Source: Amazon S3 User Guide, "Transitioning objects using Amazon S3 Lifecycle".
 */
export function retentionRules({ lake }: Parts, report: Report): void {
  const { infrequent_access_after_days: cool, archive_after_days: archive } = lake?.lifecycle ?? {};
  if (cool === undefined || archive === undefined || archive >= cool + daysBetweenClasses) return;
  const message = `is less than ${daysBetweenClasses} days after infrequent_access_after_days ${cool}`;
  report(["lake", "lifecycle", "archive_after_days"], message, `use ${cool + daysBetweenClasses} or more`);
}

/** A result may repeat quarantined rows: it must not be what is left of them. */
export function resultsRule({ lake, catalog }: Parts, report: Report): void {
  const days = catalog?.results_expire_days;
  const quarantine = lake?.lifecycle?.quarantine_expire_days;
  if (days === undefined || quarantine === undefined || days <= quarantine) return;
  const message = `is longer than lake.lifecycle.quarantine_expire_days ${quarantine}`;
  report(["catalog", "results_expire_days"], message, `use at most ${quarantine}`);
}

/** Production's data outlives a destroy. */
export function forceDestroyRule(
  { environment, lake }: Parts,
  report: Report,
  file: { readonly name: string },
): void {
  if (lake?.force_destroy !== true || ![environment, file.name].some((name) => name?.startsWith("prod")))
    return;
  report(["lake", "force_destroy"], "would let production's data be deleted with its buckets", "use false");
}
