import { bucketArnOf } from "../arn";
import type { Statement } from "../statement";
import { type CiScope, stateFolder } from "./scope";

/** Terraform lists the folder of named workspaces, too, though none is used here. */
const workspaces = "env:/*";

/**
 * Listing the states of the environments. Reading a state that does not exist yet names no prefix: S3 answers 404 to
 * whoever may list the bucket, which Terraform takes for an empty state, and otherwise 403. So requests without a prefix
 * pass, and see no more than the names of states.
 * Source: Amazon S3 API Reference, "GetObject", permissions.
 */
const listStates = (scope: CiScope, bucket: string): Statement => ({
  Sid: "ListStates",
  Effect: "Allow",
  Action: "s3:ListBucket",
  Resource: bucketArnOf(scope[0].place, bucket),
  Condition: {
    StringLikeIfExists: { "s3:prefix": [...scope.map((own) => `${stateFolder(own)}/*`), workspaces] },
  },
});

const stateObjects = (scope: CiScope, bucket: string, extension: string): string[] =>
  scope.map((own) => bucketArnOf(own.place, `${bucket}/${stateFolder(own)}/*.${extension}`));

/** The states, and the record of what Terraform has forgotten beside each. */
const recordsOf = (scope: CiScope, bucket: string): string[] =>
  ["tfstate", "forgotten.json"].flatMap((extension) => stateObjects(scope, bucket, extension));

const lockStates = (scope: CiScope, bucket: string): Statement => ({
  Sid: "LockStates",
  Effect: "Allow",
  Action: ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"],
  Resource: stateObjects(scope, bucket, "tflock"),
});

/**
 * Reading states without locking them, as `platform plan --no-lock` does: whoever may write a lock may hold it, or take
 * that of an apply away. The bucket encrypts by itself (SSE-S3), so no key is needed.
 * Source: Terraform documentation, "Backend Type: s3", permissions required, and "Command: plan", -lock.
 */
export function readStates(scope: CiScope, bucket: string): Statement[] {
  return [
    listStates(scope, bucket),
    {
      Sid: "ReadStates",
      Effect: "Allow",
      Action: "s3:GetObject",
      Resource: recordsOf(scope, bucket),
    },
  ];
}

/** Reading, writing and locking states. */
export function writeStates(scope: CiScope, bucket: string): Statement[] {
  return [
    listStates(scope, bucket),
    {
      Sid: "WriteStates",
      Effect: "Allow",
      Action: ["s3:GetObject", "s3:PutObject"],
      Resource: recordsOf(scope, bucket),
    },
    lockStates(scope, bucket),
  ];
}
