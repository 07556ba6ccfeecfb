import { arnOf } from "../arn";
import type { Statement } from "../statement";
import { allow, type PeopleScope } from "./scope";

const ownClusters = (scope: PeopleScope): Pick<Statement, "Resource" | "Condition"> => {
  const { project, environment } = scope.tags;
  const tags = { "aws:ResourceTag/project": project ?? "", "aws:ResourceTag/environment": environment ?? "" };
  return {
    Resource: arnOf(scope.place, "elasticmapreduce", "cluster/*"),
    Condition: { StringEquals: tags },
  };
};

/** Clusters of the environment, their steps and nodes. */
export const seeClusters = (scope: PeopleScope): Statement => ({
  Sid: "SeeClusters",
  Effect: "Allow",
  Action: [
    "elasticmapreduce:DescribeCluster",
    "elasticmapreduce:DescribeStep",
    "elasticmapreduce:ListBootstrapActions",
    "elasticmapreduce:ListInstanceFleets",
    "elasticmapreduce:ListInstances",
    "elasticmapreduce:ListSteps",
  ],
  ...ownClusters(scope),
});

/**
 * Spark's user interface after the cluster has gone, which EMR starts for whoever asks.
 * Source: Amazon EMR Management Guide, "View persistent application user interfaces in Amazon EMR".
 */
export const openSparkHistory = (scope: PeopleScope): Statement => ({
  Sid: "OpenSparkHistory",
  Effect: "Allow",
  Action: [
    "elasticmapreduce:CreatePersistentAppUI",
    "elasticmapreduce:DescribePersistentAppUI",
    "elasticmapreduce:GetPersistentAppUIPresignedURL",
  ],
  ...ownClusters(scope),
});

/** Steps and clusters to end. */
export const stopClusters = (scope: PeopleScope): Statement => ({
  Sid: "StopClusters",
  Effect: "Allow",
  Action: ["elasticmapreduce:CancelSteps", "elasticmapreduce:TerminateJobFlows"],
  ...ownClusters(scope),
});

const applicationArn = ({ place }: PeopleScope, id: string): string =>
  arnOf(place, "emr-serverless", `/applications/${id}`);

/**
 * The EMR Serverless application and its job runs, by its id: a job run has tags of its own, and nobody gives it any.
 * Source: Service Authorization Reference, "Actions, resources, and condition keys for Amazon EMR Serverless".
 */
export function seeApplication(scope: PeopleScope): Statement[] {
  if (scope.applicationId === undefined) return [];
  const application = applicationArn(scope, scope.applicationId);
  const actions = ["GetApplication", "GetJobRun", "ListJobRunAttempts", "ListJobRuns"];
  return [
    allow("ListApplications", ["emr-serverless:ListApplications"], "*"),
    allow(
      "SeeApplication",
      actions.map((action) => `emr-serverless:${action}`),
      [application, `${application}/jobruns/*`],
    ),
  ];
}

/** Spark's user interface of a job run, while it runs and afterwards. */
export function openJobRuns(scope: PeopleScope): Statement[] {
  if (scope.applicationId === undefined) return [];
  const jobRuns = `${applicationArn(scope, scope.applicationId)}/jobruns/*`;
  return [allow("OpenJobRuns", ["emr-serverless:GetDashboardForJobRun"], jobRuns)];
}

/** Job runs to end. */
export function stopJobRuns(scope: PeopleScope): Statement[] {
  if (scope.applicationId === undefined) return [];
  const jobRuns = `${applicationArn(scope, scope.applicationId)}/jobruns/*`;
  return [allow("StopJobRuns", ["emr-serverless:CancelJobRun"], jobRuns)];
}
