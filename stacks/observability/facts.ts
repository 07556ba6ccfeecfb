import { z } from "zod";
import { stackFacts, text } from "../core/stack-facts";

/** The topics that alarms are sent to, for whatever else has something to report. */
export const observabilityFacts = stackFacts("observability", {
  outputs: z.strictObject({
    critical_topic_arn: text.describe("Topic of what somebody has to look at now"),
    warning_topic_arn: text.describe("Topic of what can wait for the next working day"),
  }),
});
