import { airflowPolicy } from "../../policies/airflow";
import { clusterPolicy, jobRunPolicy } from "../../policies/airflow-engines";
import { emrInstancePolicy, emrServicePolicy, serverlessJobPolicy } from "../../policies/emr";
import { flowLogsPolicy } from "../../policies/vpc";
import { airflow, clusters, key, lake, place, statements, texts } from "./documents";

test("no policy allows all actions of a service, IAM's over the key aside", () => {
  const documents = [
    emrServicePolicy({ arn: "arn:instance" }, key),
    emrInstancePolicy(place, lake),
    airflowPolicy(place, airflow),
    clusterPolicy(place, clusters),
    flowLogsPolicy("arn:aws:logs:eu-north-1:111111111111:log-group:/x/vpc-flow-logs"),
    serverlessJobPolicy(place, lake, { name: "/x" }),
    jobRunPolicy({ applicationArn: "arn:application", jobRole: "arn:job" }),
  ];
  const actions = documents.flatMap((document) =>
    Object.values(statements(document)).flatMap(({ Action }) => texts(Action)),
  );
  expect(actions.length).toBeGreaterThan(40);
  expect(actions.filter((action) => /:\*$|^\*$/.test(action))).toEqual([]);
});
