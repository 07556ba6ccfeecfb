// The capabilities on top of the base: a new one adds a line. main.ts adds their stacks, stacks/facts.ts their facts.
export { people } from "./people/capability";
