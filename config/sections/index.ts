import { accessSection } from "./access";
import { accountSection } from "./account";
import { catalogSection } from "./catalog";
import { ciSection } from "./ci";
import { eventsSection } from "./events";
import { lakeSection } from "./lake";
import { metadataSection } from "./metadata";
import { networkSection } from "./network";
import { observabilitySection } from "./observability";
import { orchestrationSection } from "./orchestration";
import { peopleSection } from "./people";
import { processingSection } from "./processing";

/** The sections of an environment's file, in the order of the reference: a new capability adds its own here. */
export const sections = {
  account: accountSection,
  ci: ciSection,
  people: peopleSection,
  network: networkSection,
  access: accessSection,
  lake: lakeSection,
  catalog: catalogSection,
  metadata: metadataSection,
  processing: processingSection,
  orchestration: orchestrationSection,
  observability: observabilitySection,
  events: eventsSection,
};
