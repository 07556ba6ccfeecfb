import type { Change, Json, Review } from "../change";
import { isList, isObject, type JsonObject } from "../json";
import type { SynthesizedStack } from "../read";

/** A resource of an environment; one that the head no longer has is here too, with the change that removes it. */
export interface Resource {
  readonly stack: string;
  readonly type: string;
  readonly name: string;
  readonly body: JsonObject;
  /** @default the review says nothing of it */
  readonly change?: Change;
}

/** `${aws_subnet.private_a.id}`, and what another stack publishes: `${data.terraform_remote_state.network.outputs.vpc_id}`. */
const reference =
  /\bdata\.terraform_remote_state\.(?<from>[\w-]+)\.outputs\.(?<output>[\w-]+)|(?<![\w.])(?<type>aws_\w+)\.(?<name>[\w-]+)/g;

/** All resources of one environment, and who refers to whom across its stacks. */
export class Estate {
  private readonly resources = new Map<string, Resource>();
  private readonly outputs = new Map<string, Json>();

  constructor(
    readonly environment: string,
    stacks: readonly SynthesizedStack[],
    review: Review,
  ) {
    const changes = review.stacks
      .filter((stack) => stack.environment === environment)
      .flatMap((stack) => stack.changes);
    for (const change of changes) if (change.action === "remove") this.remember(change);
    const byPlace = new Map(changes.map((change) => [`${change.stack}/${change.address}`, change]));
    for (const { stack, json } of stacks.filter((one) => one.environment === environment)) {
      for (const [type, name, body] of resourcesIn(json)) {
        const change = byPlace.get(`${stack}/${type}.${name}`);
        this.resources.set(`${stack}/${type}.${name}`, {
          stack,
          type,
          name,
          body,
          ...(change && { change }),
        });
      }
      for (const [name, output] of membersOf(json.output)) this.outputs.set(`${stack}/${name}`, output);
    }
  }

  /** What is gone is known from its change alone: the attributes it had. */
  private remember(change: Change): void {
    const body = Object.fromEntries(change.attributes.map(({ path, before }) => [path, before ?? null]));
    const [type = "", name = ""] = change.address.split(".");
    if (type === "output") this.outputs.set(`${change.stack}/${name}`, body);
    if (!type.startsWith("aws_")) return;
    this.resources.set(`${change.stack}/${change.address}`, {
      stack: change.stack,
      type,
      name,
      body,
      change,
    });
  }

  /** The resources of some types, in the order of their addresses. */
  all(...types: readonly string[]): readonly Resource[] {
    return [...this.resources.values()]
      .filter(({ type }) => types.includes(type))
      .sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
  }

  /** The resources that a value inside a resource names, through the outputs of other stacks where it must. */
  named(by: Resource, value: Json | undefined = by.body): readonly Resource[] {
    return this.namedIn(by.stack, value, new Set());
  }

  /** The resources of some types that refer to a resource. */
  referring(to: Resource, ...types: readonly string[]): readonly Resource[] {
    return this.all(...types).filter((one) => this.named(one).includes(to));
  }

  private namedIn(stack: string, value: Json | undefined, followed: Set<string>): readonly Resource[] {
    const found = textsIn(value)
      .flatMap((text) => [...text.matchAll(reference)])
      .flatMap(({ groups = {} }) => {
        if (groups.type) return this.resources.get(`${stack}/${groups.type}.${groups.name}`) ?? [];
        const key = `${groups.from}/${groups.output}`;
        if (followed.has(key)) return [];
        followed.add(key);
        return this.namedIn(groups.from ?? "", this.outputs.get(key), followed);
      });
    return [...new Set(found)];
  }
}

/** Names a resource among those of its environment: `network/aws_vpc.vpc`. */
export function keyOf({ stack, type, name }: Resource): string {
  return `${stack}/${type}.${name}`;
}

/** Where in the body something stands by text; other values as JSON, nothing as nothing. */
export function textOf(value: Json | undefined): string {
  if (value === undefined || value === null) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}

function membersOf(value: Json | undefined): [string, Json][] {
  return isObject(value) ? Object.entries(value) : [];
}

function resourcesIn(json: JsonObject): [string, string, JsonObject][] {
  return membersOf(json.resource).flatMap(([type, named]) =>
    membersOf(named).flatMap(([name, body]): [string, string, JsonObject][] =>
      isObject(body) ? [[type, name, body]] : [],
    ),
  );
}

/** Every text that holds a reference; what a block only waits for is none. */
function textsIn(value: Json | undefined): readonly string[] {
  if (typeof value === "string") return value.includes("${") ? [value] : [];
  if (isList(value)) return value.flatMap(textsIn);
  return membersOf(value).flatMap(([key, item]) => (key === "depends_on" ? [] : textsIn(item)));
}
