import { betweenDrawn, type Drawing } from "../drawing";
import type { Estate } from "../estate";
import { airflowPart } from "./airflow";
import { enginePart } from "./engines";
import { lakePart } from "./lake";
import { messagePart } from "./messages";
import { queryPart } from "./queries";

/** The way of the data through an environment; undefined where there is none. */
export function flowOf(estate: Estate): Drawing | undefined {
  const parts = [lakePart, messagePart, airflowPart, enginePart, queryPart].map((part) => part(estate));
  const boxes = parts.flatMap((part) => part.boxes);
  if (boxes.length === 0) return undefined;
  return {
    id: `flow-${estate.environment}`,
    title: `Data flow of ${estate.environment}`,
    description:
      "From the sources over the zones of the data bucket to Athena, and what moves it; an arrow goes the way of the data, of a message or of a call, and stands for a permission or a setting.",
    direction: "DOWN",
    boxes,
    arrows: betweenDrawn(
      boxes,
      parts.flatMap((part) => part.arrows),
    ),
  };
}
