"""Says which ARNs the resources of the stacks have, and with which tags IAM compares them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import iam
from mapping import TARGETS
from synthesis import Attribute, Resource, Stack, Unknown

#: IAM's types of what a Terraform type makes, each with its ARN's variables: an argument, or `=` and a text
#: that is made up where AWS chooses one; `=@` is a text for each resource. Types that are a part of another
#: resource are not here.
KINDS: dict[str, dict[str, tuple[str, ...]]] = {
    "aws_appautoscaling_policy": {"application-autoscaling:scalabletarget": ("=0a",)},
    "aws_appautoscaling_target": {"application-autoscaling:scalabletarget": ("=0a",)},
    "aws_athena_workgroup": {"athena:workgroup": ("name",)},
    "aws_budgets_budget": {"budgets:budget": ("name",)},
    "aws_cloudwatch_dashboard": {"cloudwatch:dashboard": ("dashboard_name",)},
    "aws_cloudwatch_event_rule": {"events:rule-on-default-event-bus": ("name",)},
    "aws_cloudwatch_log_group": {"logs:log-group": ("name",), "logs:log-stream": ("name", "=any")},
    "aws_cloudwatch_metric_alarm": {"cloudwatch:alarm": ("alarm_name",)},
    "aws_db_instance": {"rds:db": ("identifier",), "rds:snapshot": ("final_snapshot_identifier",)},
    "aws_db_parameter_group": {"rds:pg": ("name",)},
    "aws_db_subnet_group": {"rds:subgrp": ("name",)},
    "aws_default_security_group": {"ec2:security-group": ("=sg-default",)},
    "aws_ec2_client_vpn_endpoint": {"ec2:client-vpn-endpoint": ("=cvpn-endpoint-0",)},
    "aws_ec2_tag": {"ec2:subnet": ("resource_id",)},
    "aws_eip": {"ec2:elastic-ip": ("=eipalloc-0",)},
    "aws_emrserverless_application": {"emr-serverless:application": ("=00f0",)},
    "aws_flow_log": {"ec2:vpc-flow-log": ("=fl-0",)},
    "aws_glue_catalog_database": {
        "glue:database": ("name",),
        "glue:rootcatalog": (),
        "glue:userdefinedfunction": ("name", "=any"),
    },
    "aws_glue_catalog_table": {"glue:table": ("database_name", "name")},
    "aws_iam_instance_profile": {"iam:instance-profile": ("name",)},
    "aws_iam_policy": {"iam:policy": ("name",)},
    "aws_iam_role": {"iam:role": ("name",)},
    "aws_iam_saml_provider": {"iam:saml-provider": ("name",)},
    "aws_internet_gateway": {"ec2:internet-gateway": ("=igw-0",)},
    "aws_kms_alias": {"kms:alias": ("name",)},  # which begins with alias/, as the ARN does
    "aws_kms_key": {"kms:key": ("=@",)},
    "aws_msk_cluster": {"kafka:cluster": ("cluster_name", "=0-1")},
    "aws_msk_configuration": {"kafka:configuration": ("name", "=0-1")},
    "aws_mwaa_environment": {"airflow:environment": ("name",)},
    "aws_nat_gateway": {"ec2:natgateway": ("=nat-0",)},
    "aws_network_acl": {"ec2:network-acl": ("=acl-0",)},
    "aws_route_table": {"ec2:route-table": ("=rtb-0",)},
    "aws_s3_bucket": {"s3:bucket": ("bucket",)},
    "aws_secretsmanager_secret": {"secretsmanager:secret": ("name",)},
    "aws_security_group": {"ec2:security-group": ("=sg-0",)},
    "aws_sns_topic": {"sns:topic": ("name",)},
    "aws_sqs_queue": {"sqs:queue": ("name",)},
    "aws_subnet": {"ec2:subnet": ("=subnet-0",)},
    "aws_vpc": {"ec2:vpc": ("=vpc-0",)},
    "aws_vpc_endpoint": {"ec2:vpc-endpoint": ("=vpce-0",)},
    "aws_vpc_security_group_egress_rule": {"ec2:security-group-rule": ("=sgr-0",)},
    "aws_vpc_security_group_ingress_rule": {"ec2:security-group-rule": ("=sgr-0",)},
}

#: What Terraform does not make, so that tags are put on it afterwards.
TAKEN_OVER = frozenset({"aws_default_security_group", "aws_ec2_tag"})
#: What EC2 calls a VPC and a subnet that a data source reads.
_READ = {"aws_vpc": "ec2:vpc", "aws_subnet": "ec2:subnet"}


@dataclass(frozen=True)
class Arn:
    """A resource as IAM sees it."""

    #: IAM's type: `sqs:queue`.
    kind: str
    text: str
    tags: dict[str, str] = field(default_factory=dict, compare=False)


def partition_of(region: str) -> str:
    """Return the partition of a region, `aws` for most."""
    return {"cn": "aws-cn", "us-gov": "aws-us-gov", "eusc": "aws-eusc"}.get(
        region.rpartition("-")[0][:2], "aws"
    )


def places(stack: Stack) -> dict[str, str]:
    """Return what every ARN of a stack has."""
    return {"Partition": partition_of(stack.region), "Region": stack.region, "Account": stack.account}


def text_of(stack: Stack, value: Any) -> str:
    """Return an argument as text; what AWS chooses, or somebody else has made, as the id of that."""
    found = stack.value(value)
    if isinstance(found, Attribute):
        own = own_arns(found.resource)
        return own[0].text if found.name == "arn" and own else f"{found.resource.name}-id"
    if isinstance(found, Unknown):
        return found.at
    return str(found)


def own_arns(resource: Resource) -> list[Arn]:
    """Return the ARNs of what a Terraform resource makes; for a part of another's settings, the other's."""
    target = TARGETS.get(resource.type)
    owner = target.part_of if target else None
    if resource.type == "aws_iam_role_policy":
        owner = "role"
    if owner:
        return own_arns(resource.stack.referred(resource.block[owner]))
    tags = resource.stack.tags | resource.block.get("tags", {})
    arns = []
    for kind, names in KINDS.get(resource.type, {}).items():
        values = [
            (name[1:] if name != "=@" else f"{resource.stack.name}-{resource.name}")
            if name[0] == "="
            else text_of(resource.stack, resource.block[name])
            for name in names
            if name[0] == "=" or name in resource.block
        ]
        if len(values) == len(names):
            text = iam.arn_of(kind, places(resource.stack), values).replace(":alias/alias/", ":alias/")
            arns.append(Arn(kind, text, {} if resource.type in TAKEN_OVER else tags))
    return arns


def read_arns(stack: Stack) -> list[Arn]:
    """Return the ARNs of a VPC and subnets that somebody else owns, which lack the environment's tags."""
    return [
        Arn(kind, iam.arn_of(kind, places(stack), [stack.value(block["id"])]))
        for source, kind in _READ.items()
        for block in stack.sources(source)
        if "id" in block
    ]
