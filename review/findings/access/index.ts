import type { Judge } from "../../subject";
import { judgeIdentities } from "./identities";
import { judgePolicies } from "./policies";
import { judgeRules } from "./rules";
import { judgeSettings } from "./settings";

const judges: readonly Judge[] = [judgePolicies, judgeRules, judgeIdentities, judgeSettings];

/** Who may do and reach what: policies, trusts, network rules, and who acts as whom. */
export const judgeAccess: Judge = (subject) => judges.flatMap((judge) => judge(subject));
