import { at, editJson } from "../../synthesized";
import type { Case } from "../case";

/** Changes that cost more. */
export const cost: readonly Case[] = [
  {
    name: "one more NAT gateway",
    stack: "dev-network",
    address: "aws_nat_gateway.nat_gateways_b",
    edit: (json) => {
      json.resource.aws_nat_gateway.nat_gateways_b = {
        allocation_id: "eipalloc-1",
        subnet_id: "subnet-1",
      };
    },
  },
  {
    name: "a larger database in two zones",
    stack: "dev-metadata",
    address: "aws_db_instance.store",
    edit: (json) => {
      Object.assign(at(json, "aws_db_instance.store"), { instance_class: "db.t4g.2xlarge", multi_az: true });
    },
  },
  {
    name: "a larger Airflow",
    stack: "dev-orchestration",
    address: "aws_mwaa_environment.airflow",
    edit: (json) => {
      at(json, "aws_mwaa_environment.airflow").environment_class = "mw1.2xlarge";
    },
  },
  {
    name: "clusters of other machines",
    stack: "prod-processing",
    address: "aws_secretsmanager_secret_version.facts",
    edit: (json) =>
      editJson(json, "aws_secretsmanager_secret_version.facts", "secret_string", (facts) => {
        facts.core_instance_types = ["r5.4xlarge"];
      }),
  },
  {
    name: "clusters of more machines",
    stack: "prod-processing",
    address: "aws_secretsmanager_secret_version.facts",
    edit: (json) =>
      editJson(json, "aws_secretsmanager_secret_version.facts", "secret_string", (facts) => {
        facts.maximum_units = 40;
      }),
  },
  {
    name: "an output alone says that clusters have more machines on demand",
    stack: "prod-processing",
    address: "output.core_on_demand_units",
    edit: (json) => {
      json.output.core_on_demand_units.value = 10;
    },
  },
  {
    name: "an endpoint in one more subnet",
    stack: "dev-network",
    address: "aws_vpc_endpoint.endpoints_logs",
    edit: (json) => {
      at(json, "aws_vpc_endpoint.endpoints_logs").subnet_ids.push("subnet-3");
    },
  },
  {
    name: "serverless jobs may grow",
    stack: "dev-processing",
    address: "aws_emrserverless_application.emr_serverless",
    edit: (json) => {
      at(json, "aws_emrserverless_application.emr_serverless").maximum_capacity.cpu = "400 vCPU";
    },
  },
  {
    name: "queries may scan as much as they like",
    stack: "prod-catalog",
    address: "aws_athena_workgroup.athena",
    edit: (json) => {
      delete at(json, "aws_athena_workgroup.athena").configuration.bytes_scanned_cutoff_per_query;
    },
  },
];
