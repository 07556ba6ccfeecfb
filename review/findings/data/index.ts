import type { Judge } from "../../subject";
import { judgeSwitches, type Switch, whenFalse, whenTrue } from "../switches";
import { judgeDestruction } from "./destruction";
import { judgeLifecycle } from "./lifecycle";
import { judgeRetention } from "./retention";

/** What keeps data where it is; not written it is what the provider's documentation takes for granted. */
const switches: readonly Switch[] = [
  {
    type: "*",
    path: "lifecycle.prevent_destroy",
    isSafe: whenTrue,
    unsafe: "Terraform may destroy it",
  },
  {
    type: "*",
    path: "force_destroy",
    isSafe: whenFalse,
    unsafe: "It goes with everything in it",
  },
  {
    type: "aws_db_instance",
    path: "deletion_protection",
    isSafe: whenTrue,
    unsafe: "The database can be deleted",
  },
  {
    type: "aws_db_instance",
    path: "skip_final_snapshot",
    isSafe: whenFalse,
    unsafe: "The database goes without a last snapshot",
  },
  {
    type: "aws_db_instance",
    path: "delete_automated_backups",
    isSafe: (value) => !whenTrue(value, true),
    unsafe: "The backups go with the database",
  },
  {
    type: "aws_db_instance",
    path: "allow_major_version_upgrade",
    isSafe: whenFalse,
    unsafe: "The database may be moved to a major version, from which there is no way back",
  },
  {
    type: "aws_s3_bucket_versioning",
    path: "versioning_configuration.status",
    isSafe: (status) => status === "Enabled",
    unsafe: "What is overwritten or deleted is gone",
  },
];

const judgeSettings = judgeSwitches("data", switches, false);

/** What is destroyed, replaced, kept for a shorter time, or no longer protected. */
export const judgeData: Judge = (subject) => [
  ...judgeDestruction(subject),
  ...judgeSettings(subject),
  ...judgeRetention(subject),
  ...judgeLifecycle(subject),
];
