import { type Document, isNode, LineCounter, parseDocument } from "yaml";
import type { ContractProblem } from "./problem";

export type Path = readonly (string | number)[];

/** One contract file: its text, its values, and what was found wrong with it so far. */
export class ContractFile {
  readonly problems: ContractProblem[] = [];
  readonly root: Place;
  readonly #document: Document;
  readonly #lines = new LineCounter();

  /**
   * @param name path of the file, as the user knows it
   * @param text its content; what is not YAML is a problem like any other
   */
  constructor(
    readonly name: string,
    text: string,
  ) {
    this.#document = parseDocument(text, { lineCounter: this.#lines, prettyErrors: false, stringKeys: true });
    for (const { pos, message } of this.#document.errors) {
      const { line } = this.#lines.linePos(pos[0]);
      this.problems.push({
        file: name,
        line,
        path: "",
        value: undefined,
        message: `is not YAML: ${message}`,
        remedy: "correct it",
      });
    }
    this.root = new Place(this, [], this.problems.length === 0 ? this.#document.toJS() : undefined);
  }

  /** The line of the value at the path, or of the nearest thing around it that exists. */
  line(path: Path): number {
    const node = path.length === 0 ? this.#document.contents : this.#document.getIn(path, true);
    if (isNode(node) && node.range) return this.#lines.linePos(node.range[0]).line;
    return path.length === 0 ? 1 : this.line(path.slice(0, -1));
  }
}

/** A place in a contract, which can say what is wrong with it. */
export class Place {
  constructor(
    readonly file: ContractFile,
    readonly path: Path,
    readonly value: unknown,
  ) {}

  /** A place below this one; its value is undefined when there is none. */
  at(...keys: Path): Place {
    return keys.reduce<Place>(
      (place, key) =>
        new Place(
          place.file,
          [...place.path, key],
          (place.value as Record<string, unknown> | undefined)?.[key],
        ),
      this,
    );
  }

  /** The places of the items of the list here; none when there is no list. */
  items(): Place[] {
    return Array.isArray(this.value) ? this.value.map((_, index) => this.at(index)) : [];
  }

  /** Notes a problem with the value here. */
  refuse(message: string, remedy: string): void {
    const { file, path, value } = this;
    file.problems.push({
      file: file.name,
      line: file.line(path),
      path: this.#written(),
      value,
      message,
      remedy,
    });
  }

  /** Items of lists are written by their name, where they have one: `properties[quantity]`. */
  #written(): string {
    let here = this.file.root;
    return this.path.reduce<string>((text, key) => {
      here = here.at(key);
      if (typeof key !== "number") return text === "" ? key : `${text}.${key}`;
      const item = here.value as { name?: unknown; property?: unknown; server?: unknown } | undefined;
      return `${text}[${item?.name ?? item?.property ?? item?.server ?? key}]`;
    }, "");
  }
}
