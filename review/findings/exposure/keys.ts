import { leavesOf } from "../../leaves";
import { type Judge, relief, risk } from "../../subject";
import { say } from "../../words";

/** Attributes that name the key something is encrypted with. */
const KEY =
  /(^|[._])(kms_key(_id|_arn|_key)?|kms_master_key_id|kms_key_arn|kms_encryption_key|AwsKmsKey|encryption_key)$/;
/** Encryption with a key of the platform's, where there is a choice. */
const ALGORITHM = /(^|\.)(sse_algorithm|encryption_option|EncryptionMode)$/;
const WITH_KEY = /kms/i;

/** Encryption with the platform's key that ends, or goes on with another. */
export const judgeKeys: Judge = ({ before, after }) => {
  if (before === undefined || after === undefined) return [];
  const [was, is] = [leavesOf(before), leavesOf(after)];
  return [...was].flatMap(([path, value]) => {
    const now = is.get(path);
    if (KEY.test(path) && value !== "" && now !== value) {
      return now === undefined || now === ""
        ? [risk("exposure", `Is no longer encrypted with ${say(value)}: ${path} is not set.`)]
        : [relief("exposure", `Is encrypted with ${say(now)} instead of ${say(value)}.`)];
    }
    if (!ALGORITHM.test(path) || !WITH_KEY.test(String(value)) || WITH_KEY.test(String(now ?? ""))) return [];
    return [risk("exposure", `Is encrypted by ${say(now)} instead of ${say(value)}.`)];
  });
};
