import { at, same, textsOf } from "../../json";
import { type Judge, risk } from "../../subject";
import { say } from "../../words";

/** Where Terraform looks for what is there: elsewhere it finds nothing, and makes everything a second time. */
const places = [
  { address: "terraform.backend", path: "s3.bucket", what: "its state in the bucket" },
  { address: "terraform.backend", path: "s3.key", what: "its state under the key" },
  { address: "provider.aws", path: "region", what: "every resource in the region" },
  { address: "provider.aws", path: "allowed_account_ids", what: "every resource in the account" },
  { address: "provider.aws", path: "assume_role.role_arn", what: "every resource as the role" },
];

/** Terraform that is sent to another place leaves everything behind. */
export const judgePlace: Judge = ({ change, before, after }) => {
  if (before === undefined || after === undefined) return [];
  return places
    .filter(({ address, path }) => address === change.address && !same(at(before, path), at(after, path)))
    .map(({ path, what }) => {
      if (path === "allowed_account_ids" && textsOf(at(after, path)).length === 0)
        return risk("data", "Terraform may act in any account: allowed_account_ids is not set.");
      const [was, is] = [say(at(before, path)), say(at(after, path))];
      return risk(
        "data",
        `Terraform looks for ${what} ${is} instead of ${was}, and knows nothing of what is there.`,
      );
    });
};
