import { BudgetsBudget } from "@cdktf/provider-aws/lib/budgets-budget";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

type Severity = "critical" | "warning";

/** Where notices go: a topic for each severity, and the policies that let AWS publish to them. */
export interface NoticeTopics {
  readonly topics: Readonly<Record<Severity, { readonly arn: string }>>;
  readonly policies: readonly ITerraformDependable[];
}

export interface BudgetProps {
  readonly name: string;
  /** Value of the tag `environment`, by which the costs are found. */
  readonly environment: string;
  readonly monthlyUsd: number;
  /** Percent of it, spent, at which somebody is told; from 100 on it is critical. */
  readonly actualPercents: readonly number[];
  /** Percent of it, foreseen for the month's end, at which somebody is told. */
  readonly forecastPercent: number;
  readonly topics: NoticeTopics;
  /** Who is told directly, besides the topics. */
  readonly emails: readonly string[];
}

/**
 * What an environment may cost in a month. AWS counts what has the tag, once the tag is active for cost allocation, which
 * is a setting of the account.
 * Sources: AWS Cost Management User Guide, "Managing your costs with AWS Budgets" and "Using user-defined cost
 * allocation tags".
 */
export class Budget extends Construct {
  readonly budget: BudgetsBudget;

  constructor(scope: Construct, id: string, props: BudgetProps) {
    super(scope, id);
    const notice = (notificationType: "ACTUAL" | "FORECASTED", threshold: number, severity: Severity) => ({
      notificationType,
      threshold,
      thresholdType: "PERCENTAGE",
      comparisonOperator: "GREATER_THAN",
      subscriberSnsTopicArns: [props.topics.topics[severity].arn],
      ...(props.emails.length > 0 ? { subscriberEmailAddresses: [...props.emails] } : {}),
    });
    this.budget = new BudgetsBudget(this, "budgets_budget", {
      name: props.name,
      budgetType: "COST",
      timeUnit: "MONTHLY",
      limitAmount: String(props.monthlyUsd),
      limitUnit: "USD",
      costFilter: [{ name: "TagKeyValue", values: [`user:environment$${props.environment}`] }],
      notification: [
        ...props.actualPercents.map((percent) =>
          notice("ACTUAL", percent, percent < 100 ? "warning" : "critical"),
        ),
        notice("FORECASTED", props.forecastPercent, "warning"),
      ],
      // AWS tests that it may publish when the budget is made.
      dependsOn: [...props.topics.policies],
    });
  }
}
