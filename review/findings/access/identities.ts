import type { Json } from "../../change";
import { at, textsOf } from "../../json";
import { type Judge, relief, risk } from "../../subject";
import { enumerate, say } from "../../words";

/** Resources that grant something by being there, and the words for what. */
const grants: Readonly<Record<string, (body: Json) => string>> = {
  aws_ec2_client_vpn_route: (body) => `A VPN route to ${say(at(body, "destination_cidr_block"))}`,
  aws_glue_resource_policy: () => "A policy of the whole catalog",
  aws_iam_access_key: (body) => `A long-lived key of ${say(at(body, "user"))}`,
  aws_iam_group_policy_attachment: attachment,
  aws_iam_openid_connect_provider: (body) => `Trust in tokens of ${say(at(body, "url"))}`,
  aws_iam_policy_attachment: attachment,
  aws_iam_role_policy_attachment: attachment,
  aws_iam_saml_provider: (body) => `Trust in the directory ${say(at(body, "name"))}`,
  aws_iam_user: (body) => `The user ${say(at(body, "name"))}`,
  aws_iam_user_login_profile: (body) => `A console password of ${say(at(body, "user"))}`,
  aws_iam_user_policy_attachment: attachment,
  aws_lakeformation_permissions: (body) =>
    `${enumerate(textsOf(at(body, "permissions")))} for ${say(at(body, "principal"))}`,
  aws_lambda_permission: (body) => `${say(at(body, "action"))} for ${say(at(body, "principal"))}`,
  aws_ram_principal_association: (body) => `A share with ${say(at(body, "principal"))}`,
  aws_vpc_peering_connection: (body) => `A way to the network ${say(at(body, "peer_vpc_id"))}`,
  aws_vpc_endpoint_service_allowed_principal: (body) => `A way in for ${say(at(body, "principal_arn"))}`,
};

function attachment(body: Json): string {
  const whose = at(body, "role") ?? at(body, "group") ?? at(body, "user") ?? at(body, "roles");
  return `The policy ${say(at(body, "policy_arn"))} of ${say(whose)}`;
}

/** What is granted by a resource that comes, goes, or names another. */
export const judgeIdentities: Judge = ({ change, before, after, base, head }) => {
  const describe = grants[change.type];
  if (describe === undefined) return [];
  const words = (body: Json | undefined): string | undefined =>
    body === undefined ? undefined : describe(body);
  const [was, is] = [words(before), words(after)];
  if (was === is) return [];
  const saidBy = (blocks: typeof base): string[] =>
    [...blocks.values()].filter(({ type }) => type === change.type).map(({ body }) => describe(body));
  return [
    ...(is === undefined || saidBy(base).includes(is) ? [] : [risk("access", `${is} is new.`)]),
    ...(was === undefined || saidBy(head).includes(was) ? [] : [relief("access", `${was} is gone.`)]),
  ];
};
