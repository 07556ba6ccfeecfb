import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { Construct } from "constructs";

export interface EncryptionKeyProps {
  /** Name of the key without `alias/`. */
  readonly alias: string;
  /** What the key encrypts. */
  readonly description: string;
  /** The key policy as JSON. */
  readonly policy: string;
}

/**
 * A customer managed key with yearly rotation. Whatever it encrypts is lost with it: it is protected from destruction,
 * and waits the longest time AWS offers, 30 days, before it is gone.
 * Source: AWS KMS Developer Guide, "Delete an AWS KMS key".
 */
export class EncryptionKey extends Construct {
  readonly key: KmsKey;
  readonly alias: KmsAlias;

  constructor(scope: Construct, id: string, props: EncryptionKeyProps) {
    super(scope, id);
    this.key = new KmsKey(this, "kms_key", {
      description: props.description,
      enableKeyRotation: true,
      deletionWindowInDays: 30,
      policy: props.policy,
      lifecycle: { preventDestroy: true },
    });
    this.alias = new KmsAlias(this, "kms_alias", {
      name: `alias/${props.alias}`,
      targetKeyId: this.key.keyId,
    });
  }

  get id(): string {
    return this.key.id;
  }

  get arn(): string {
    return this.key.arn;
  }

  get name(): string {
    return this.alias.name;
  }
}
