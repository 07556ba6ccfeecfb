import type { Review } from "../../review/change";
import { compareRevisions } from "../../review/compare";
import { nameStack, type SynthesizedStack } from "../../review/read";
import { dev, prod } from "../stacks/environments";
import { type Block, pick, type StackJson, stacksOf } from "../stacks/synthesis";

/** What somebody could do to a page through a name. */
export const hostile = `</script><img src=x onerror="document.title='owned'">`;

/** An edit of one stack's resources, by type and name. */
type Edit = (resources: Record<string, Record<string, Block>>) => void;

/** A change in every category, in what is drawn and in what is not. */
const edits: Readonly<Record<string, Edit>> = {
  "dev-network": (resources) => {
    const { aws_vpc_endpoint: endpoints, aws_vpc_security_group_ingress_rule: rules } = resources;
    delete endpoints?.endpoints_sqs;
    Object.assign(rules?.metadata_from_vpn, { cidr_ipv4: "0.0.0.0/0" });
    delete rules?.metadata_from_vpn.referenced_security_group_id;
  },
  "dev-catalog": ({ aws_glue_catalog_database: databases }) => {
    if (databases) databases.sandbox = { name: "sandbox", description: hostile };
  },
  "dev-events": ({ aws_cloudwatch_event_rule: rules }) => {
    rules?.arrivals &&
      Object.assign(rules.arrivals, { description: "New objects under raw, in any folder of it" });
  },
  "prod-network": ({ aws_nat_gateway: gateways, aws_route: routes }) => {
    delete gateways?.nat_gateways_b;
    const { nat_gateway_id } = routes?.nat_gateways_private_a ?? {};
    Object.assign(routes?.nat_gateways_private_b, { nat_gateway_id });
  },
  "prod-metadata": ({ aws_db_instance: stores }) => {
    Object.assign(stores?.store, { backup_retention_period: 1, instance_class: "db.m7g.2xlarge" });
  },
  "prod-processing": ({ aws_iam_role_policy: policies }) => {
    const jobs = policies?.emr_instance_jobs;
    jobs.policy = jobs.policy.replace("/raw/*", "/*");
  },
};

function named(synthesis: ReadonlyMap<string, StackJson>): SynthesizedStack[] {
  return [...synthesis].map(([id, json]) => nameStack(id, json));
}

/** Both environments as they are synthesized, and as they would be after the edits. */
export function revisions(): { readonly base: SynthesizedStack[]; readonly head: SynthesizedStack[] } {
  const base = stacksOf([dev, prod]);
  const head = structuredClone(base);
  for (const [stack, edit] of Object.entries(edits)) edit(pick(head, stack).resource ?? {});
  return { base: named(base), head: named(head) };
}

/** The review of the edits. */
export function reviewOf({ base, head }: ReturnType<typeof revisions>, name = "head"): Review {
  return compareRevisions({ name: "base", stacks: base }, { name, stacks: head });
}
