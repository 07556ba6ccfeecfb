import type { Finding } from "../../change";
import { type Leaf, leavesOf } from "../../leaves";
import { type Judge, relief, risk } from "../../subject";
import { say } from "../../words";
import { type Home, homeOf, isForeignArn, remarkOn } from "../decided/destinations";

/** Attributes that name the key something is encrypted with. */
const KEY =
  /(^|[._])(kms_key(_id|_arn|_key)?|kms_master_key_id|kms_key_arn|kms_encryption_key|AwsKmsKey|encryption_key)$/;
/** Encryption with a key of the platform's, where there is a choice. */
const ALGORITHM = /(^|\.)(sse_algorithm|encryption_option|EncryptionMode)$/;
const WITH_KEY = /kms/i;

/** Encryption with the platform's key that ends, or goes on with another. */
export const judgeKeys: Judge = ({ before, after, head }) => {
  if (after === undefined) return [];
  const home = homeOf(head);
  const [was, is] = [leavesOf(before ?? {}), leavesOf(after)];
  const foreign = [...is].filter(
    ([path, value]) => KEY.test(path) && value !== was.get(path) && isForeignArn(String(value), home),
  );
  return [
    ...foreign.map(([path, value]) => risk("exposure", sayForeign(path, value, home))),
    ...judgeOwn(was, is, home),
  ];
};

function sayForeign(path: string, value: Leaf, home: Home): string {
  return `Is encrypted with the key of somebody else${remarkOn(value, home)}: ${path} is ${say(value)}.`;
}

function judgeOwn(was: ReadonlyMap<string, Leaf>, is: ReadonlyMap<string, Leaf>, home: Home): Finding[] {
  return [...was].flatMap(([path, value]) => {
    const now = is.get(path);
    if (KEY.test(path) && value !== "" && now !== value && !isForeignArn(String(now), home)) {
      return now === undefined || now === ""
        ? [risk("exposure", `Is no longer encrypted with ${say(value)}: ${path} is not set.`)]
        : [relief("exposure", `Is encrypted with ${say(now)} instead of ${say(value)}.`)];
    }
    if (!ALGORITHM.test(path) || !WITH_KEY.test(String(value)) || WITH_KEY.test(String(now ?? ""))) return [];
    return [risk("exposure", `Is encrypted by ${say(now)} instead of ${say(value)}.`)];
  });
}
