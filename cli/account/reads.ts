import {
  type AnomalyMonitor,
  CostExplorerClient,
  GetAnomalyMonitorsCommand,
  ListCostAllocationTagsCommand,
} from "@aws-sdk/client-cost-explorer";
import {
  GetOpenIDConnectProviderCommand,
  GetRoleCommand,
  GetSAMLProviderCommand,
  IAMClient,
} from "@aws-sdk/client-iam";
import type { EnvironmentConfig } from "../../config";
import { githubProviderArn } from "../../policies/ci/trust";
import { billedBy } from "../../stacks/bootstrap/accounts";
import { accountPlaceOf } from "../../stacks/core/names";
import { absentOn, type Read, readAws, withClient } from "./aws-read";

/** Service-linked role by which EC2 starts spot instances. Source: Amazon EC2 User Guide, "Service-linked role for Spot Instance requests". */
export const spotRole = "AWSServiceRoleForEC2Spot";

const withIam = <Result>(config: EnvironmentConfig, work: (client: IAMClient) => Promise<Result>) =>
  withClient((options) => new IAMClient({ ...options, region: config.region }), work);

/** AWS runs Cost Explorer in one region of a partition, which the SDK knows. */
const withCosts = <Result>(
  config: EnvironmentConfig,
  work: (client: CostExplorerClient) => Promise<Result>,
) => withClient((options) => new CostExplorerClient({ ...options, region: config.region }), work);

/** ARN of Spot's role; undefined where the account has none. */
export function readSpotRole(config: EnvironmentConfig): Promise<Read<string | undefined>> {
  return readAws("iam:GetRole", () =>
    withIam(config, (client) =>
      client
        .send(new GetRoleCommand({ RoleName: spotRole }))
        .then(({ Role }) => Role?.Arn, absentOn("NoSuchEntityException")),
    ),
  );
}

/** Audiences of GitHub's provider; undefined where the account has none. */
export function readGithubProvider(config: EnvironmentConfig): Promise<Read<readonly string[] | undefined>> {
  const provider = { OpenIDConnectProviderArn: githubProviderArn(accountPlaceOf(config)) };
  return readAws("iam:GetOpenIDConnectProvider", () =>
    withIam(config, (client) =>
      client
        .send(new GetOpenIDConnectProviderCommand(provider))
        .then(({ ClientIDList = [] }) => ClientIDList, absentOn("NoSuchEntityException")),
    ),
  );
}

/** Whether the account has a SAML provider. */
export function readSamlProvider(config: EnvironmentConfig, arn: string): Promise<Read<boolean>> {
  return readAws("iam:GetSAMLProvider", () =>
    withIam(config, (client) =>
      client
        .send(new GetSAMLProviderCommand({ SAMLProviderArn: arn }))
        .then(() => true, absentOn("NoSuchEntityException"))
        .then((found) => found ?? false),
    ),
  );
}

/** Cost Explorer that nobody has opened yet refuses every call; a member of an organization, those about tags. */
export type Costs<Value> = Value | "never enabled" | "of the organization";

const costsAnswer = (error: Error): "never enabled" | "of the organization" => {
  if (/not enabled for cost explorer/i.test(error.message)) return "never enabled";
  if (/linked account/i.test(error.message)) return "of the organization";
  throw error;
};

/**
 * ARN of the monitor of AWS services, of which an account has one at most.
 * Source: AWS Cost Management User Guide, "Getting started with AWS Cost Anomaly Detection".
 */
export function readServicesMonitor(config: EnvironmentConfig): Promise<Read<Costs<string | undefined>>> {
  return readAws("ce:GetAnomalyMonitors", () =>
    withCosts(config, (client) => findMonitor(client).catch(costsAnswer)),
  );
}

async function findMonitor(client: CostExplorerClient, NextPageToken?: string): Promise<string | undefined> {
  const page = await client.send(
    new GetAnomalyMonitorsCommand(NextPageToken === undefined ? {} : { NextPageToken }),
  );
  const ofServices = ({ MonitorType, MonitorDimension }: AnomalyMonitor): boolean =>
    MonitorType === "DIMENSIONAL" && MonitorDimension === "SERVICE";
  const found = (page.AnomalyMonitors ?? []).find(ofServices)?.MonitorArn;
  if (found !== undefined || page.NextPageToken === undefined) return found;
  return findMonitor(client, page.NextPageToken);
}

/** Status of each tag that divides the bill and that Billing has seen: `Active` or `Inactive`. */
export function readBilledTags(config: EnvironmentConfig): Promise<Read<Costs<ReadonlyMap<string, string>>>> {
  return readAws("ce:ListCostAllocationTags", () =>
    withCosts(config, (client) =>
      client
        .send(new ListCostAllocationTagsCommand({ TagKeys: [...billedBy], Type: "UserDefined" }))
        .then(
          ({ CostAllocationTags = [] }) =>
            new Map(CostAllocationTags.map(({ TagKey = "", Status = "" }) => [TagKey, Status])),
          costsAnswer,
        ),
    ),
  );
}
