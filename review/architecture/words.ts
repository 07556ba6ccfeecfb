import { type Drawing, everyBox } from "./drawing";

function nameOf({ boxes }: Drawing, id: string): string {
  const within = (path: readonly string[], found: readonly (typeof boxes)[number][]): readonly string[] =>
    found.flatMap((box) => {
      const names = [...path, box.title];
      return box.id === id ? [names.slice(-2).join(" / ")] : within(names, box.children ?? []);
    });
  return within([], boxes)[0] ?? id;
}

/** The arrows of a drawing in sentences, for those who cannot see them. */
export function arrowWords(drawing: Drawing): readonly string[] {
  return drawing.arrows
    .filter(({ hidden }) => !hidden)
    .map(({ from, to, label }) => {
      const ends = `${nameOf(drawing, from)} → ${nameOf(drawing, to)}`;
      return label === undefined ? ends : `${ends}: ${label}`;
    });
}

/** What is marked in a drawing: `eu-north-1a / NAT gateway: added`. */
export function markWords(drawing: Drawing): readonly string[] {
  return everyBox(drawing.boxes).flatMap((box) =>
    box.mark ? [`${nameOf(drawing, box.id)}: ${box.mark}`] : [],
  );
}
