import type { Review } from "../change";
import type { SynthesizedStack } from "../read";

/** A review as one HTML page. */
export function renderPage(_review: Review, _stacks: readonly SynthesizedStack[]): Promise<string> {
  return Promise.reject(new Error("there is no page yet: take --format markdown"));
}
