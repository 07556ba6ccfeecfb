import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { SecretsmanagerSecretVersion } from "@cdktf/provider-aws/lib/secretsmanager-secret-version";
import type { TerraformResourceLifecycle } from "cdktf";
import { Construct } from "constructs";

export interface AirflowSecretProps {
  /** Name in Secrets Manager, whose last part is the name in Airflow. */
  readonly name: string;
  /** What the secret holds. */
  readonly description: string;
  /** Days until a deleted secret is gone and its name free: 0, or 7 to 30. Source: AWS Secrets Manager API Reference, "DeleteSecret". */
  readonly recoveryWindowInDays: number;
  /**
   * Key of the secret.
   * @default Secrets Manager's own (`aws/secretsmanager`)
   */
  readonly keyArn?: string;
}

/**
 * A connection of Airflow: created empty, because no credential may pass through Terraform's state; a command fills it.
 * Terraform could not fill it again, so it is protected from destruction.
 */
export class AirflowConnection extends Construct {
  readonly secret: SecretsmanagerSecret;

  constructor(scope: Construct, id: string, props: AirflowSecretProps) {
    super(scope, id);
    this.secret = secretOf(this, props, { preventDestroy: true });
  }
}

export interface AirflowVariableProps extends AirflowSecretProps {
  /** What DAGs read, as JSON; nothing confidential. */
  readonly value: Readonly<Record<string, unknown>>;
}

/** A variable of Airflow in its secrets backend, with a JSON object as its value. */
export class AirflowVariable extends Construct {
  readonly secret: SecretsmanagerSecret;
  readonly version: SecretsmanagerSecretVersion;

  constructor(scope: Construct, id: string, props: AirflowVariableProps) {
    super(scope, id);
    this.secret = secretOf(this, props);
    this.version = new SecretsmanagerSecretVersion(this, "secret_version", {
      secretId: this.secret.id,
      secretString: JSON.stringify(props.value),
    });
  }
}

function secretOf(
  scope: Construct,
  props: AirflowSecretProps,
  lifecycle?: TerraformResourceLifecycle,
): SecretsmanagerSecret {
  return new SecretsmanagerSecret(scope, "secret", {
    name: props.name,
    description: props.description,
    recoveryWindowInDays: props.recoveryWindowInDays,
    ...(props.keyArn === undefined ? {} : { kmsKeyId: props.keyArn }),
    ...(lifecycle ? { lifecycle } : {}),
  });
}
