import type { Finding, Json } from "../../change";
import { type Kind, kinds } from "../../decisions";
import { relief, risk } from "../../subject";
import { say } from "../../words";

/** What a kind means, as a sentence begins; the second when it is the other way round. */
const words: Readonly<Record<Kind, readonly [string, string]>> = {
  grants: ["Access may widen", "Access narrows"],
  exposes: ["Exposure may grow", "Exposure shrinks"],
  sends: ["Another destination", "Fewer destinations"],
  observes: ["Monitoring is reduced", "Monitoring is extended"],
  keeps: ["Less data is protected", "More data is protected"],
  deletes: ["Data may be deleted", "Less data is deleted"],
  costs: ["Cost rises", "Cost falls"],
};

/** Drift of what Terraform ignores is not seen. ("The lifecycle Meta-Argument", Terraform language) */
const IGNORED = "lifecycle.ignore_changes";
const drift = ["Drift is no longer seen", "Drift is seen again"] as const;

/** Arguments whose values nobody may read. */
const SECRET =
  /(^|[._])(password|secret_binary|secret_string_wo|password_wo|secret_key|access_key|token|fernet_key)$/;

/** A value that differs, as a finding of a kind. */
export interface Said {
  readonly kind: Kind;
  readonly outcome: "risk" | "relief";
  readonly shown: string;
  readonly was: Json | undefined;
  readonly is: Json | undefined;
  /** As the sentence goes on, with its comma. */
  readonly remark: string;
}

/** The finding about a value, in words. */
export function findingOf({ kind, outcome, shown, was, is, remark }: Said): Finding {
  const [worse, better] = shown === IGNORED ? drift : words[kind];
  const values = SECRET.test(shown) ? "another value" : `${say(is)} instead of ${say(was)}`;
  const sentence = `${outcome === "risk" ? worse : better}: ${shown} is ${values}${remark}.`;
  return outcome === "risk" ? risk(kinds[kind], sentence) : relief(kinds[kind], sentence);
}

/** The finding about a block that comes or goes. */
export function presenceFinding(kind: Kind, type: string, presence: "comes" | "goes"): Finding {
  const what = type.startsWith("aws_") ? "the resource" : type;
  return risk(kinds[kind], `${words[kind][0]}: ${what} ${presence === "comes" ? "is added" : "is removed"}.`);
}

/** What no decision is about, as a finding. */
export function unassessed(sentence: string): Finding {
  return risk("unknown", `Not assessed: ${sentence}.`);
}
