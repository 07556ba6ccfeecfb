import { Endpoints, interfaceServiceName } from "../../../modules/endpoints/endpoints";
import { Subnets } from "../../../modules/subnets/subnets";
import { Vpc } from "../../../modules/vpc/vpc";
import { endpointPolicy } from "../../../policies/endpoints";
import { only, ref, resources, synthesizeModule } from "../../stacks/synthesis";

const place = { region: "eu-north-1", accountId: "111111111111" };

const json = synthesizeModule((stack) => {
  const { vpc, internetGateway } = new Vpc(stack, "vpc", { name: "v", cidr: "10.0.0.0/16" });
  const subnets = new Subnets(stack, "subnets", {
    vpc,
    internetGateway,
    region: "eu-north-1",
    namePrefix: "x",
    public: {},
    database: {},
    private: {
      a: { cidr: "10.0.3.0/24", zone: "a" },
      a2: { cidr: "10.0.5.0/24", zone: "a" },
      b: { cidr: "10.0.4.0/24", zone: "b" },
    },
  });
  new Endpoints(stack, "endpoints", {
    vpc,
    place,
    namePrefix: "x",
    subnets: subnets.private,
    services: ["sqs", "airflow.api", "logs"],
  });
});

test("S3 is reached by a gateway on the table of every private subnet", () => {
  expect(resources(json, "aws_vpc_endpoint", 4).endpoints_s3).toEqual({
    vpc_id: ref("aws_vpc.vpc.id"),
    vpc_endpoint_type: "Gateway",
    service_name: "com.amazonaws.eu-north-1.s3",
    route_table_ids: ["a", "a2", "b"].map((name) => ref(`aws_route_table.subnets_private_${name}.id`)),
    policy: endpointPolicy("s3", place),
    tags: { Name: "x-s3" },
  });
});

test.each([
  ["endpoints_sqs", "sqs"],
  ["endpoints_logs", "logs"],
  ["endpoints_airflow_api", "airflow.api"],
])("%s has private DNS and one subnet in each zone", (name, service) => {
  expect(resources(json, "aws_vpc_endpoint", 4)[name]).toEqual({
    vpc_id: ref("aws_vpc.vpc.id"),
    vpc_endpoint_type: "Interface",
    service_name: `com.amazonaws.eu-north-1.${service}`,
    subnet_ids: ["a", "b"].map((subnet) => ref(`aws_subnet.subnets_private_${subnet}.id`)),
    security_group_ids: [ref("aws_security_group.endpoints_interface.id")],
    private_dns_enabled: true,
    policy: endpointPolicy(service, place),
    tags: { Name: `x-${service.replace(".", "-")}` },
  });
});

test("the VPC reaches the interface endpoints on 443, and they start nothing themselves", () => {
  expect(only(json, "aws_vpc_security_group_ingress_rule")).toEqual({
    security_group_id: ref("aws_security_group.endpoints_interface.id"),
    ip_protocol: "tcp",
    from_port: 443,
    to_port: 443,
    cidr_ipv4: ref("aws_vpc.vpc.cidr_block"),
    description: "HTTPS from the VPC",
  });
  resources(json, "aws_vpc_security_group_egress_rule", 0);
});

test.each([
  ["sqs", "eu-north-1", "com.amazonaws.eu-north-1.sqs"],
  ["sqs", "us-gov-west-1", "com.amazonaws.us-gov-west-1.sqs"],
  ["sqs", "cn-north-1", "cn.com.amazonaws.cn-north-1.sqs"],
  ["sqs", "eusc-de-east-1", "com.amazonaws.eusc-de-east-1.sqs"],
  ["ecr.api", "eusc-de-east-1", "eu.amazonaws.eusc-de-east-1.ecr.api"],
  ["logs", "cn-northwest-1", "com.amazonaws.cn-northwest-1.logs"],
])("%s in %s is %s", (service, region, name) => {
  expect(interfaceServiceName(service, region)).toBe(name);
});
