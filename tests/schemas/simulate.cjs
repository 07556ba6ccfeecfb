/**
 * Evaluates requests by AWS's rules, one after the other: JSON from standard input, JSON to standard output.
 *
 * A request is `{ action, resource, account, principal, context, identity, boundary, resourcePolicy, endpoint }`, with
 * policies as indices into `policies`. An answer has the result, each statement of the identity policies that allows, as
 * index and id, and the kinds of policies that block.
 */
const { readFileSync } = require("node:fs");
const { runSimulation } = require("@cloud-copilot/iam-simulate");

/** An organization that restricts nothing: its own policies are not in any stack. */
const everything = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] };
const organization = [{ orgIdentifier: "r-0", policies: [{ name: "everything", policy: everything }] }];

const idsOf = (analysis) =>
  (analysis?.allowStatements ?? []).map(({ policyId, statement }) => [Number(policyId), statement.sid()]);

async function evaluate(request, policies) {
  const named = (indices) => indices.map((index) => ({ name: `${index}`, policy: policies[index] }));
  const simulated = await runSimulation(
    {
      request: {
        principal: request.principal,
        action: request.action,
        resource: { resource: request.resource, accountId: request.account },
        contextVariables: request.context,
      },
      identityPolicies: named(request.identity),
      serviceControlPolicies: organization,
      resourceControlPolicies: [],
      ...(request.boundary === null ? {} : { permissionBoundaryPolicies: named([request.boundary]) }),
      ...(request.resourcePolicy === null ? {} : { resourcePolicy: policies[request.resourcePolicy] }),
      ...(request.endpoint === null ? {} : { vpcEndpointPolicies: named([request.endpoint]) }),
    },
    {},
  );
  if (simulated.resultType === "error")
    throw new Error(`${request.action}: ${JSON.stringify(simulated.errors)}`);
  const results = simulated.resultType === "single" ? [simulated.result] : simulated.results;
  return {
    result: simulated.overallResult,
    identity: results.flatMap(({ analysis }) => idsOf(analysis.identityAnalysis)),
    blockedBy: results.flatMap(({ analysis }) => analysis.blockedBy ?? []),
  };
}

(async () => {
  const { policies, requests } = JSON.parse(readFileSync(0, "utf8"));
  const answers = [];
  for (const request of requests) answers.push(await evaluate(request, policies));
  process.stdout.write(JSON.stringify(answers));
})();
