import type { Html } from "../../markup/html";
import type { Review } from "../change";
import type { SynthesizedStack } from "../read";
import { Estate } from "./estate";
import { flowOf } from "./flow";
import { place } from "./layout";
import { inReadingOrder } from "./mirror";
import { networkOf } from "./network";
import { svg } from "./svg";
import { arrowWords, markWords } from "./words";

/** A drawing of an environment that is ready to be shown. */
export interface Picture {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly svg: Html;
  /** Its arrows in sentences. */
  readonly arrows: readonly string[];
  /** What is marked in it. */
  readonly marks: readonly string[];
}

/** Draws what an environment has of a network and of a data flow; nothing where it has neither. */
export async function drawEnvironment(
  environment: string,
  stacks: readonly SynthesizedStack[],
  review: Review,
): Promise<readonly Picture[]> {
  const estate = new Estate(environment, stacks, review);
  const drawings = [networkOf(estate), flowOf(estate)].filter((drawing) => drawing !== undefined);
  return Promise.all(
    drawings.map(async (drawing) => ({
      id: drawing.id,
      title: drawing.title,
      description: drawing.description,
      svg: svg(drawing, inReadingOrder(await place(drawing))),
      arrows: arrowWords(drawing),
      marks: markWords(drawing),
    })),
  );
}
