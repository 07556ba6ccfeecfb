import type { Construct } from "constructs";
import type { EnvironmentConfig } from "../../config";
import { AirflowVariable } from "../../modules/airflow/secret";
import type { Place } from "../../policies/arn";
import { boundaryOf, type Names, namesOf, placeOf, secretRecoveryDays, stateBucketOf } from "./names";
import { PlatformStack } from "./platform-stack";
import type { AnyFacts, Published } from "./stack-facts";

/** What every stack of an environment takes; those that read other stacks take these too. */
export interface EnvironmentStackProps {
  readonly config: EnvironmentConfig;
}

/** A stack of one environment, `dev-network` for example, and the facts that it publishes. */
export class EnvironmentStack<Facts extends AnyFacts> extends PlatformStack<Facts> {
  protected readonly config: EnvironmentConfig;
  protected readonly names: Names;
  protected readonly place: Place;

  constructor(scope: Construct, facts: Facts, config: EnvironmentConfig) {
    const { stack } = facts;
    super(scope, `${config.environment}-${stack}`, {
      facts,
      state: {
        bucket: stateBucketOf(config),
        key: `${config.project}/${config.environment}/${stack}.tfstate`,
        region: config.state.region,
      },
      region: config.region,
      allowedAccountIds: config.allowed_account_ids,
      tags: {
        project: config.project,
        environment: config.environment,
        owner: config.owner,
        cost_centre: config.cost_centre,
        stack,
        managed_by: "terraform",
      },
    });
    this.boundRoles(boundaryOf(config));
    this.config = config;
    this.names = namesOf(config);
    this.place = placeOf(config);
  }

  /**
   * Publishes the stack's facts: those for the DAGs as an Airflow variable, and all of them as outputs.
   * @throws when a fact is missing or has another form than its schema says
   */
  protected publishFacts(published: Published<Facts>): void {
    const { stack, dags, outputs } = this.facts;
    const facts = pick(published, (name) => name in dags.shape);
    dags.parse(facts);
    outputs.parse(pick(published, (name) => name in outputs.shape));
    if (Object.keys(facts).length > 0) {
      new AirflowVariable(this, "facts", {
        name: `${this.names.airflowSecrets}/variables/${stack}`,
        description: `Facts of the ${stack} stack for the DAGs of Airflow`,
        recoveryWindowInDays: secretRecoveryDays(this.config),
        value: facts,
      });
    }
    this.publish(published);
  }
}

function pick(values: object, wanted: (name: string) => boolean): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([name]) => wanted(name)));
}
