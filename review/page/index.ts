import type { Review } from "../change";
import type { SynthesizedStack } from "../read";
import { architectureSection } from "./architectures";
import { changeSection } from "./changes";
import { reviewDocument } from "./document";
import { matterSection } from "./matters";
import { resourceSection } from "./resources";

/**
 * Writes a review as one HTML file that needs no network: what matters, every change, all resources, and each
 * environment drawn.
 *
 * The same review of the same stacks gives the same bytes.
 *
 * @param stacks as they were synthesized at the review's head.
 */
export async function renderPage(review: Review, stacks: readonly SynthesizedStack[]): Promise<string> {
  const architecture = await architectureSection(review, stacks);
  const parts = [matterSection(review), changeSection(review), resourceSection(review, stacks), architecture];
  return reviewDocument(review, parts).markup;
}
