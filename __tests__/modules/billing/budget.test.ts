import { Budget } from "../../../modules/billing/budget";
import { only, ref } from "../../stacks/synthesis";
import { withAlarms } from "../cloudwatch/alarm-scope";

const budgetOf = (emails: readonly string[]) =>
  only(
    withAlarms((stack, { alarmScope: { topics } }) => {
      new Budget(stack, "monthly", {
        name: "x",
        environment: "e",
        monthlyUsd: 500,
        actualPercents: [50, 100],
        forecastPercent: 110,
        topics,
        emails,
      });
    }),
    "aws_budgets_budget",
  );

test("the budget is of one environment and one month, and waits until it may publish", () => {
  expect(budgetOf([])).toMatchObject({
    name: "x",
    budget_type: "COST",
    time_unit: "MONTHLY",
    limit_amount: "500",
    limit_unit: "USD",
    cost_filter: [{ name: "TagKeyValue", values: ["user:environment$e"] }],
    depends_on: [
      "aws_sns_topic_policy.alarms_critical_publishers",
      "aws_sns_topic_policy.alarms_warning_publishers",
    ],
  });
});

test("all of it spent is critical; before, and what is foreseen, is a warning", () => {
  const told = budgetOf([]).notification.map((one: Record<string, unknown>) => [
    one.notification_type,
    one.threshold,
    one.subscriber_sns_topic_arns,
  ]);
  const topic = (severity: string) => [ref(`aws_sns_topic.alarms_${severity}.arn`)];
  expect(told).toEqual([
    ["ACTUAL", 50, topic("warning")],
    ["ACTUAL", 100, topic("critical")],
    ["FORECASTED", 110, topic("warning")],
  ]);
});

test("addresses of its own are told directly", () => {
  const { notification } = budgetOf(["finance@example.com"]);
  expect(notification).toHaveLength(3);
  for (const one of notification) expect(one.subscriber_email_addresses).toEqual(["finance@example.com"]);
  expect(budgetOf([]).notification[0].subscriber_email_addresses).toBeUndefined();
});
