import type { Construct } from "constructs";
import type { EnvironmentConfig } from "../../config";
import { AirflowVariable } from "../../modules/airflow/secret";
import type { Place } from "../../policies/arn";
import { type FactStack, type Facts, factSchemas } from "./facts";
import { boundaryOf, type Names, namesOf, placeOf, secretRecoveryDays, stateBucketOf } from "./names";
import { outputDescription } from "./output-descriptions";
import type { Outputs, StackName } from "./outputs";
import { PlatformStack } from "./platform-stack";

/** A stack of one environment, `dev-network` for example, and the facts it tells the DAGs, if any. */
export class EnvironmentStack<Stack extends StackName> extends PlatformStack {
  readonly stack: Stack;
  protected readonly config: EnvironmentConfig;
  protected readonly names: Names;
  protected readonly place: Place;

  constructor(scope: Construct, stack: Stack, config: EnvironmentConfig) {
    const boundary = boundaryOf(config);
    super(scope, `${config.environment}-${stack}`, {
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
      describe: (output) => outputDescription(stack, output),
      ...(boundary === undefined ? {} : { permissionsBoundary: boundary }),
    });
    this.stack = stack;
    this.config = config;
    this.names = namesOf(config);
    this.place = placeOf(config);
  }

  /**
   * Publishes the stack's facts twice: as the Airflow variable that DAGs read, and as outputs, where reviewers see them
   * change; `documented` outputs besides.
   * @throws when a fact is missing or of another form than its schema says
   */
  protected publishFacts(
    facts: Facts<Stack & FactStack>,
    documented: Omit<Outputs[Stack & FactStack], keyof Facts<Stack & FactStack>>,
  ): void {
    factSchemas[this.stack as Stack & FactStack].parse(facts);
    new AirflowVariable(this, "facts", {
      name: `${this.names.airflowSecrets}/variables/${this.stack}`,
      description: `Facts of the ${this.stack} stack for the DAGs of Airflow`,
      recoveryWindowInDays: secretRecoveryDays(this.config),
      value: facts,
    });
    this.publish({ ...facts, ...documented });
  }
}
