// The sections of an environment's file: a new capability adds a line. config/environment.ts puts them together.
export { accessSection as access } from "./access";
export { accountSection as account } from "./account";
export { catalogSection as catalog } from "./catalog";
export { ciSection as ci } from "./ci";
export { eventsSection as events } from "./events";
export { lakeSection as lake } from "./lake";
export { metadataSection as metadata } from "./metadata";
export { networkSection as network } from "./network";
export { observabilitySection as observability } from "./observability";
export { orchestrationSection as orchestration } from "./orchestration";
export { peopleSection as people } from "./people";
export { processingSection as processing } from "./processing";
export { streamingSection as streaming } from "./streaming";
