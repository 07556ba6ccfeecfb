import { z } from "zod";

/** A name, an id, an ARN or a URI. */
export const text = z.string().min(1);

/**
 * What a stack publishes, each value with its description: Terraform outputs, some of which the DAGs read too. It is the
 * only thing of a stack that other stacks, DAGs and tests may know.
 */
export interface StackFacts<
  Stack extends string = string,
  Dags extends z.ZodObject = z.ZodObject,
  Outputs extends z.ZodObject = z.ZodObject,
> {
  /** Name of the stack without its environment: `network`. */
  readonly stack: Stack;
  /** Facts for the DAGs: an Airflow variable of the stack's name, and outputs. Nothing secret is among them. */
  readonly dags: Dags;
  /** Further outputs, for other stacks and for people. */
  readonly outputs: Outputs;
}

/** Outputs that the configuration gives their names. */
export interface OutputFamily<Name extends string> {
  /** Returns the description of an output; undefined when it is not one of the family. */
  readonly describe: (name: string) => string | undefined;
  /** Keeps the names for the compiler; never set. */
  readonly names?: Name;
}

/** Any stack's facts. */
export type AnyFacts = StackFacts & {
  /** Outputs whose names contain a name of the configuration. @default none */
  readonly family?: OutputFamily<string>;
};

interface Declared<Dags extends z.ZodObject, Outputs extends z.ZodObject> {
  /** @default none */
  readonly dags?: Dags;
  /** @default none */
  readonly outputs?: Outputs;
}

type None = z.ZodObject<Record<never, never>>;

/** Declares the facts of a stack; the compiler infers the types of all values. */
export function stackFacts<
  const Stack extends string,
  Dags extends z.ZodObject = None,
  Outputs extends z.ZodObject = None,
>(stack: Stack, facts: Declared<Dags, Outputs>): StackFacts<Stack, Dags, Outputs> {
  const none = z.strictObject({});
  return { stack, dags: facts.dags ?? (none as never), outputs: facts.outputs ?? (none as never) };
}

/**
 * Declares outputs by the form of their names.
 *
 * @param form matches the whole name
 * @param describe returns the description of an output from the match
 */
export function outputFamily<Name extends string>(
  form: RegExp,
  describe: (match: RegExpExecArray) => string,
): OutputFamily<Name> {
  return {
    describe: (name) => {
      const match = form.exec(name);
      return match ? describe(match) : undefined;
    },
  };
}

/** The values of a schema; zod takes one without fields for one that forbids every field. */
type Values<Schema extends z.ZodObject> = keyof Schema["shape"] extends never ? object : z.output<Schema>;

/** What the DAGs read of a stack. */
export type DagFacts<Facts extends AnyFacts> = Values<Facts["dags"]>;

/** Everything that a stack publishes, by name. */
export type Published<Facts extends AnyFacts> = DagFacts<Facts> & Values<Facts["outputs"]> & NamesOf<Facts>;

type NamesOf<Facts> = Facts extends { readonly family: OutputFamily<infer Name> }
  ? { readonly [Output in Name]: string }
  : object;

/** The outputs of a stack that are plain text, where they are published. */
export type TextOutput<Facts extends AnyFacts> = {
  [Name in keyof Published<Facts>]-?: NonNullable<Published<Facts>[Name]> extends string ? Name : never;
}[keyof Published<Facts>] &
  string;

/** The outputs of a stack that are maps, where they are published. */
export type MapOutput<Facts extends AnyFacts> = {
  [Name in keyof Published<Facts>]-?: NonNullable<Published<Facts>[Name]> extends string | readonly unknown[]
    ? never
    : Name;
}[keyof Published<Facts>] &
  string;

/**
 * Returns the description of an output.
 * @throws when the facts do not describe it
 */
export function describeOutput({ stack, dags, outputs, family }: AnyFacts, name: string): string {
  const schema = dags.shape[name] ?? outputs.shape[name];
  const description =
    schema === undefined ? family?.describe(name) : z.globalRegistry.get(schema)?.description;
  if (description !== undefined) return description;
  throw new Error(`output ${name} of ${stack} has no description: describe it in stacks/${stack}/facts.ts`);
}
