import type { AlarmGroupProps } from "../../../modules/cloudwatch/alarm-group";
import { AlarmTopics } from "../../../modules/cloudwatch/alarm-topics";
import { type StackJson, synthesizeModule } from "../../stacks/synthesis";

export const place = { region: "eu-north-1", accountId: "111111111111" };

/** The JSON of some alarms, and of the topics they are told to. */
export function withAlarms(
  build: (scope: ConstructorParameters<typeof AlarmTopics>[0], alarms: AlarmGroupProps) => void,
  alarmed = true,
): StackJson {
  return synthesizeModule((stack) => {
    const topics = new AlarmTopics(stack, "alarms", {
      place,
      namePrefix: "x",
      emails: { critical: ["a@example.com"], warning: ["b@example.com", "c@example.com"] },
    });
    build(stack, { alarmScope: { namePrefix: "x", topics, alarmed } });
  });
}
