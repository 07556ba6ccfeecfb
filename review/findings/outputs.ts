import { type Decision, decisionsOnOption, isFact } from "../decisions";
import { same } from "../json";
import { type Judge, risk, type Subject } from "../subject";
import { isToldTwice } from "./cost";
import { changedValues } from "./decided/leaves";
import { unassessed } from "./decided/sentence";
import { judgeValue } from "./decided/value";

/** Attributes whose value is a secret. */
const SECRET =
  /\.(?:password|secret_string|secret_binary|private_key(?:_pem)?|secret|auth_token|ses_smtp_password_v4)\b/;

/** What readers of an output are led by. */
const elsewhere: Decision = { of: "rule", kind: "sends", rule: { when: "changed" } };

/** What other stacks and the DAGs read from a stack, where it leads them elsewhere or gives a secret away. */
export const judgeOutputs: Judge = (subject) => [...judgeSecret(subject), ...judgeReaders(subject)];

/** A value of the state that anybody may read who reads the state. */
function judgeSecret({ before, after }: Subject): ReturnType<Judge> {
  const isSecret = (body: Subject["before"]): boolean => SECRET.test(JSON.stringify(body?.value ?? ""));
  const isShown = before?.sensitive === true && after !== undefined && after.sensitive !== true;
  const isNew = isSecret(after) && !same(before?.value, after?.value);
  return isShown || isNew
    ? [risk("exposure", "A secret is an output, which the state holds in plain text.")]
    : [];
}

/** Facts are decided by their names; of any other output the readers are led elsewhere when it changes. */
function judgeReaders(subject: Subject): ReturnType<Judge> {
  const { change, before, after } = subject;
  if (before === undefined || after === undefined || isToldTwice(subject)) return [];
  const name = change.address.slice("output.".length);
  return changedValues(change.attributes)
    .filter(({ path }) => path === "value" || path.startsWith("value."))
    .flatMap((value) => {
      const path = `${name}${value.path.slice("value".length)}`;
      const decisions = isFact(name) ? decisionsOnOption("facts", path) : [elsewhere];
      if (decisions === undefined) return [unassessed(`nothing is decided about ${path}`)];
      return decisions.flatMap((one) => judgeValue(subject, { ...value, path, shown: path }, one));
    });
}
