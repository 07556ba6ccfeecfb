import type { Capability } from "../capability";
import { peopleFacts } from "./facts";
import { PeopleStack } from "./stack";

/** The roles of people. Every environment has the stack, or the last role to leave the file would stay on AWS. */
export const people: Capability = {
  facts: peopleFacts,
  isIn: () => true,
  add: (app, { config, lake, catalog, processing }) =>
    new PeopleStack(app, { config, lake, catalog, processing }),
};
