import { bucketArnOf, type Place } from "../arn";
import type { Statement } from "../statement";

/** The states of some environments, in the bucket of their account. */
export interface States {
  readonly bucket: string;
  /** What the states' keys begin with, `big-data/dev` for example. */
  readonly prefixes: readonly string[];
}

/** Terraform lists the folder of named workspaces, too, though none is used here. */
const workspaces = "env:/*";

const listStates = (place: Place, { bucket, prefixes }: States): Statement => ({
  Sid: "ListStates",
  Effect: "Allow",
  Action: "s3:ListBucket",
  Resource: bucketArnOf(place, bucket),
  Condition: { StringLike: { "s3:prefix": [...prefixes.map((prefix) => `${prefix}/*`), workspaces] } },
});

const lockStates = (place: Place, { bucket, prefixes }: States): Statement => ({
  Sid: "LockStates",
  Effect: "Allow",
  Action: ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"],
  Resource: prefixes.map((prefix) => bucketArnOf(place, `${bucket}/${prefix}/*.tflock`)),
});

/** The states, and the record of what Terraform has forgotten beside each. */
const stateObjects = (place: Place, { bucket, prefixes }: States): string[] =>
  prefixes.flatMap((prefix) =>
    ["tfstate", "forgotten.json"].map((ending) => bucketArnOf(place, `${bucket}/${prefix}/*.${ending}`)),
  );

/**
 * Reading states and locking them. The bucket encrypts by itself (SSE-S3), so no key is needed.
 * Source: Terraform documentation, "Backend Type: s3", permissions required.
 */
export function readStates(place: Place, states: States): Statement[] {
  return [
    listStates(place, states),
    { Sid: "ReadStates", Effect: "Allow", Action: "s3:GetObject", Resource: stateObjects(place, states) },
    lockStates(place, states),
  ];
}

/** Reading, writing and locking states. */
export function writeStates(place: Place, states: States): Statement[] {
  return [
    listStates(place, states),
    {
      Sid: "WriteStates",
      Effect: "Allow",
      Action: ["s3:GetObject", "s3:PutObject"],
      Resource: stateObjects(place, states),
    },
    lockStates(place, states),
  ];
}
