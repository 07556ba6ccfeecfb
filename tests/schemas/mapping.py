"""Says which CloudFormation resource each Terraform type describes, and what it calls arguments.

Arguments whose names differ only in spelling (`kms_key_id`, `KmsKeyId`; a block `rule`, a list `Rules`) are
found in the resource's schema and stand nowhere here.
"""

from __future__ import annotations

from target import Target


def _bucket(under: str = "", **renames: str) -> Target:
    return Target("AWS::S3::Bucket", renames, part_of="bucket", under=under)


_LIFECYCLE = "LifecycleConfiguration.Rules[]"
_ENCRYPTION = "BucketEncryption.ServerSideEncryptionConfiguration"
_RULE = {"security_group_id": "GroupId", "cidr_ipv4": "CidrIp", "cidr_ipv6": "CidrIpv6"}

TARGETS: dict[str, Target] = {
    "aws_appautoscaling_policy": Target(
        "AWS::ApplicationAutoScaling::ScalingPolicy",
        {"name": "PolicyName"},
    ),
    "aws_appautoscaling_target": Target("AWS::ApplicationAutoScaling::ScalableTarget"),
    "aws_athena_named_query": Target("AWS::Athena::NamedQuery", {"query": "QueryString"}),
    "aws_athena_workgroup": Target(
        "AWS::Athena::WorkGroup",
        {
            "configuration": "WorkGroupConfiguration",
            "configuration.result_configuration.encryption_configuration.kms_key_arn": (
                "WorkGroupConfiguration.ResultConfiguration.EncryptionConfiguration.KmsKey"
            ),
            "force_destroy": "RecursiveDeleteOption",
        },
        id="name",
    ),
    "aws_budgets_budget": Target(
        "AWS::Budgets::Budget",
        {
            "limit_amount": "Budget.BudgetLimit.Amount",
            "limit_unit": "Budget.BudgetLimit.Unit",
            "name": "Budget.BudgetName",
            "notification": "NotificationsWithSubscribers",
            **{
                f"notification.{argument}": f"NotificationsWithSubscribers[].Notification.{name}"
                for argument, name in {
                    "comparison_operator": "ComparisonOperator",
                    "notification_type": "NotificationType",
                    "threshold": "Threshold",
                    "threshold_type": "ThresholdType",
                }.items()
            },
            "notification.subscriber_email_addresses": (
                "NotificationsWithSubscribers[].Subscribers[+].Address|SubscriptionType=EMAIL"
            ),
            "notification.subscriber_sns_topic_arns": (
                "NotificationsWithSubscribers[].Subscribers[+].Address|SubscriptionType=SNS"
            ),
        },
        keyed={"cost_filter": ("name", "values", "Budget.CostFilters")},
        under="Budget",
    ),
    "aws_ce_anomaly_monitor": Target("AWS::CE::AnomalyMonitor", {"name": "MonitorName"}),
    "aws_ce_anomaly_subscription": Target("AWS::CE::AnomalySubscription", {"name": "SubscriptionName"}),
    "aws_cloudtrail": Target(
        "AWS::CloudTrail::Trail",
        {"name": "TrailName", "enable_logging": "IsLogging"},
        sent={"IsLogging": True},
    ),
    "aws_cloudwatch_dashboard": Target("AWS::CloudWatch::Dashboard"),
    "aws_cloudwatch_event_rule": Target("AWS::Events::Rule"),
    "aws_cloudwatch_event_target": Target(
        "AWS::Events::Rule",
        {
            "target_id": "Targets[].Id",
            "input_transformer.input_paths": "Targets[].InputTransformer.InputPathsMap",
        },
        part_of="rule",
        under="Targets[+]|Id=made-up-by-the-provider",
    ),
    "aws_cloudwatch_log_group": Target("AWS::Logs::LogGroup", {"name": "LogGroupName"}),
    "aws_cloudwatch_metric_alarm": Target(
        "AWS::CloudWatch::Alarm",
        {
            "metric_query": "Metrics",
            "metric_query.metric": "Metrics[].MetricStat.Metric",
            "metric_query.metric.period": "Metrics[].MetricStat.Period",
            "metric_query.metric.stat": "Metrics[].MetricStat.Stat",
        },
    ),
    "aws_db_instance": Target(
        "AWS::RDS::DBInstance",
        {
            "backup_window": "PreferredBackupWindow",
            "ca_cert_identifier": "CACertificateIdentifier",
            "enabled_cloudwatch_logs_exports": "EnableCloudwatchLogsExports",
            "iam_database_authentication_enabled": "EnableIAMDatabaseAuthentication",
            "identifier": "DBInstanceIdentifier",
            "instance_class": "DBInstanceClass",
            "maintenance_window": "PreferredMaintenanceWindow",
            "master_user_secret_kms_key_id": "MasterUserSecret.KmsKeyId",
            "parameter_group_name": "DBParameterGroupName",
            "performance_insights_enabled": "EnablePerformanceInsights",
            "username": "MasterUsername",
            "vpc_security_group_ids": "VPCSecurityGroups",
        },
        attributes={
            "address": "Endpoint.Address",
            "master_user_secret[0].secret_arn": "MasterUserSecret.SecretArn",
            "resource_id": "DbiResourceId",
        },
    ),
    "aws_db_parameter_group": Target(
        "AWS::RDS::DBParameterGroup",
        {"name": "DBParameterGroupName"},
        sent={"Description": "Managed by Terraform"},
        keyed={"parameter": ("name", "value", "Parameters")},
    ),
    "aws_db_subnet_group": Target(
        "AWS::RDS::DBSubnetGroup",
        {"name": "DBSubnetGroupName", "description": "DBSubnetGroupDescription"},
        sent={"DBSubnetGroupDescription": "Managed by Terraform"},
    ),
    "aws_ec2_client_vpn_authorization_rule": Target("AWS::EC2::ClientVpnAuthorizationRule"),
    "aws_ec2_client_vpn_endpoint": Target(
        "AWS::EC2::ClientVpnEndpoint",
        {
            "authentication_options.root_certificate_chain_arn": (
                "AuthenticationOptions[].MutualAuthentication.ClientRootCertificateChainArn"
            ),
            "authentication_options.saml_provider_arn": (
                "AuthenticationOptions[].FederatedAuthentication.SAMLProviderArn"
            ),
            "authentication_options.self_service_saml_provider_arn": (
                "AuthenticationOptions[].FederatedAuthentication.SelfServiceSAMLProviderArn"
            ),
            "tags": "TagSpecifications[+].Tags|ResourceType=client-vpn-endpoint",
        },
    ),
    "aws_ec2_client_vpn_network_association": Target("AWS::EC2::ClientVpnTargetNetworkAssociation"),
    "aws_eip": Target("AWS::EC2::EIP", attributes={"id": "AllocationId"}),
    "aws_emr_security_configuration": Target(
        "AWS::EMR::SecurityConfiguration", {"configuration": "SecurityConfiguration"}, id="name"
    ),
    "aws_emrserverless_application": Target(
        "AWS::EMRServerless::Application",
        {
            "initial_capacity.initial_capacity_type": "InitialCapacity[].Key",
            "initial_capacity.initial_capacity_config": "InitialCapacity[].Value",
        },
    ),
    "aws_flow_log": Target(
        "AWS::EC2::FlowLog",
        {"iam_role_arn": "DeliverLogsPermissionArn", "vpc_id": "ResourceId|ResourceType=VPC"},
    ),
    "aws_glue_catalog_database": Target(
        "AWS::Glue::Database", under="DatabaseInput", sent={"CatalogId": "{account}"}, id="name"
    ),
    "aws_glue_catalog_table": Target(
        "AWS::Glue::Table",
        {
            "database_name": "DatabaseName",
            "storage_descriptor.ser_de_info": "TableInput.StorageDescriptor.SerdeInfo",
        },
        under="TableInput",
        sent={"CatalogId": "{account}"},
    ),
    "aws_iam_instance_profile": Target(
        "AWS::IAM::InstanceProfile", {"name": "InstanceProfileName", "role": "Roles[+]"}, id="name"
    ),
    "aws_iam_openid_connect_provider": Target("AWS::IAM::OIDCProvider"),
    "aws_iam_policy": Target(
        "AWS::IAM::ManagedPolicy",
        {"name": "ManagedPolicyName", "policy": "PolicyDocument"},
        attributes={"id": "PolicyArn", "arn": "PolicyArn"},
    ),
    "aws_iam_role": Target(
        "AWS::IAM::Role", {"name": "RoleName", "assume_role_policy": "AssumeRolePolicyDocument"}, id="name"
    ),
    "aws_iam_role_policy": Target(
        "AWS::IAM::RolePolicy", {"name": "PolicyName", "policy": "PolicyDocument", "role": "RoleName"}
    ),
    "aws_iam_role_policy_attachment": Target(
        "AWS::IAM::Role", {"policy_arn": "ManagedPolicyArns[]"}, part_of="role", under="ManagedPolicyArns[+]"
    ),
    "aws_iam_saml_provider": Target(
        "AWS::IAM::SAMLProvider", {"saml_metadata_document": "SamlMetadataDocument"}
    ),
    "aws_iam_service_linked_role": Target("AWS::IAM::ServiceLinkedRole"),
    "aws_internet_gateway": Target("AWS::EC2::InternetGateway"),
    "aws_internet_gateway_attachment": Target("AWS::EC2::VPCGatewayAttachment"),
    "aws_kms_alias": Target("AWS::KMS::Alias", {"name": "AliasName"}),
    "aws_kms_key": Target(
        "AWS::KMS::Key", {"deletion_window_in_days": "PendingWindowInDays", "policy": "KeyPolicy"}
    ),
    "aws_msk_cluster": Target(
        "AWS::MSK::Cluster",
        {
            "client_authentication.sasl.iam": "ClientAuthentication.Sasl.Iam.Enabled",
            "client_authentication.unauthenticated": "ClientAuthentication.Unauthenticated.Enabled",
            "encryption_info.encryption_at_rest_kms_key_arn": (
                "EncryptionInfo.EncryptionAtRest.DataVolumeKMSKeyId"
            ),
        },
        # The id is the last part of the ARN.
        attributes={"cluster_uuid": "Arn"},
    ),
    "aws_msk_configuration": Target(
        "AWS::MSK::Configuration", attributes={"latest_revision": "LatestRevision.Revision"}
    ),
    "aws_mwaa_environment": Target("AWS::MWAA::Environment"),
    "aws_nat_gateway": Target("AWS::EC2::NatGateway"),
    "aws_network_acl": Target("AWS::EC2::NetworkAcl"),
    "aws_network_acl_association": Target("AWS::EC2::SubnetNetworkAclAssociation"),
    "aws_network_acl_rule": Target(
        "AWS::EC2::NetworkAclEntry",
        {
            "action": "RuleAction",
            "rule_no": "RuleNumber",
            "from_port": "PortRange.From",
            "to_port": "PortRange.To",
            "icmp_code": "Icmp.Code",
            "icmp_type": "Icmp.Type",
        },
    ),
    "aws_route": Target("AWS::EC2::Route"),
    "aws_route_table": Target("AWS::EC2::RouteTable"),
    "aws_route_table_association": Target("AWS::EC2::SubnetRouteTableAssociation"),
    "aws_s3_bucket": Target("AWS::S3::Bucket", {"bucket": "BucketName"}, id="bucket"),
    "aws_s3_bucket_lifecycle_configuration": _bucket(
        "LifecycleConfiguration",
        **{
            "rule.expiration.days": f"{_LIFECYCLE}.ExpirationInDays",
            "rule.expiration.expired_object_delete_marker": f"{_LIFECYCLE}.ExpiredObjectDeleteMarker",
            "rule.filter.prefix": f"{_LIFECYCLE}.Prefix",
            "rule.transition.days": f"{_LIFECYCLE}.Transitions[].TransitionInDays",
        },
    ),
    "aws_s3_bucket_logging": _bucket(
        "LoggingConfiguration",
        target_bucket="LoggingConfiguration.DestinationBucketName",
        target_prefix="LoggingConfiguration.LogFilePrefix",
    ),
    "aws_s3_bucket_notification": _bucket(
        "NotificationConfiguration",
        eventbridge="NotificationConfiguration.EventBridgeConfiguration.EventBridgeEnabled",
    ),
    "aws_s3_bucket_ownership_controls": _bucket("OwnershipControls"),
    "aws_s3_bucket_policy": Target("AWS::S3::BucketPolicy", {"policy": "PolicyDocument"}),
    "aws_s3_bucket_public_access_block": _bucket("PublicAccessBlockConfiguration"),
    "aws_s3_bucket_server_side_encryption_configuration": _bucket(
        "BucketEncryption",
        **{
            "rule": _ENCRYPTION,
            "rule.apply_server_side_encryption_by_default": f"{_ENCRYPTION}[].ServerSideEncryptionByDefault",
            "rule.apply_server_side_encryption_by_default.kms_master_key_id": (
                f"{_ENCRYPTION}[].ServerSideEncryptionByDefault.KMSMasterKeyID"
            ),
            "rule.blocked_encryption_types": f"{_ENCRYPTION}[].BlockedEncryptionTypes.EncryptionType",
        },
    ),
    "aws_s3_bucket_versioning": _bucket(),
    "aws_secretsmanager_secret": Target("AWS::SecretsManager::Secret", attributes={"arn": "Id"}),
    "aws_secretsmanager_secret_version": Target("AWS::SecretsManager::Secret", part_of="secret_id"),
    "aws_security_group": Target(
        "AWS::EC2::SecurityGroup",
        {"name": "GroupName", "description": "GroupDescription"},
        attributes={"id": "GroupId"},
    ),
    "aws_sns_topic": Target(
        "AWS::SNS::Topic", {"name": "TopicName"}, attributes={"id": "TopicArn", "arn": "TopicArn"}
    ),
    "aws_sns_topic_policy": Target("AWS::SNS::TopicPolicy", {"arn": "Topics[+]", "policy": "PolicyDocument"}),
    "aws_sns_topic_subscription": Target("AWS::SNS::Subscription"),
    "aws_sqs_queue": Target(
        "AWS::SQS::Queue",
        {
            "name": "QueueName",
            "message_retention_seconds": "MessageRetentionPeriod",
            "receive_wait_time_seconds": "ReceiveMessageWaitTimeSeconds",
            "visibility_timeout_seconds": "VisibilityTimeout",
        },
        attributes={"id": "QueueUrl", "url": "QueueUrl"},
    ),
    "aws_sqs_queue_policy": Target(
        "AWS::SQS::QueuePolicy", {"queue_url": "Queues[+]", "policy": "PolicyDocument"}
    ),
    "aws_sqs_queue_redrive_allow_policy": Target("AWS::SQS::Queue", part_of="queue_url"),
    "aws_subnet": Target("AWS::EC2::Subnet"),
    "aws_vpc": Target("AWS::EC2::VPC"),
    "aws_vpc_endpoint": Target("AWS::EC2::VPCEndpoint", {"policy": "PolicyDocument"}),
    "aws_vpc_security_group_egress_rule": Target(
        "AWS::EC2::SecurityGroupEgress",
        {**_RULE, "referenced_security_group_id": "DestinationSecurityGroupId"},
    ),
    "aws_vpc_security_group_ingress_rule": Target(
        "AWS::EC2::SecurityGroupIngress",
        {**_RULE, "referenced_security_group_id": "SourceSecurityGroupId"},
    ),
}

#: Services that AWS runs once for all regions, and whose types are in the data of some of them only.
GLOBAL = ("AWS::Budgets::", "AWS::CE::")
#: Protocols of access lists, which the provider sends by number. Source: IANA, "Protocol Numbers".
PROTOCOLS = {"-1": -1, "icmp": 1, "tcp": 6, "udp": 17}
