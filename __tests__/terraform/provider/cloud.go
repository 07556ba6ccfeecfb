package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"regexp"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov5"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

const account = "123456789012"

// cloud knows the facts of AWS that do not depend on a resource.
type cloud struct{ region string }

func (c cloud) partition() string {
	switch {
	case strings.HasPrefix(c.region, "cn-"):
		return "aws-cn"
	case strings.HasPrefix(c.region, "us-gov-"):
		return "aws-us-gov"
	}
	return "aws"
}

func (c cloud) dnsSuffix() string {
	if c.partition() == "aws-cn" {
		return "amazonaws.com.cn"
	}
	return "amazonaws.com"
}

// answer returns what a data source says of the account and the region.
func (c cloud) answer(source, attribute string) (tftypes.Value, bool) {
	switch source + "." + attribute {
	case "aws_availability_zones.names":
		zones := []tftypes.Value{str(c.region + "a"), str(c.region + "b"), str(c.region + "c")}
		return tftypes.NewValue(tftypes.List{ElementType: tftypes.String}, zones), true
	case "aws_caller_identity.account_id":
		return str(account), true
	case "aws_caller_identity.arn":
		return str("arn:" + c.partition() + ":iam::" + account + ":user/stand-in"), true
	case "aws_iam_policy_document.json":
		return str(`{"Version":"2012-10-17","Statement":[]}`), true
	case "aws_partition.dns_suffix":
		return str(c.dnsSuffix()), true
	case "aws_partition.partition":
		return str(c.partition()), true
	case "aws_region.name", "aws_region.region":
		return str(c.region), true
	}
	return tftypes.Value{}, false
}

// namings are the attributes that AWS derives from a resource's arguments, in this order: arn, url, id.
// A type with an ARN here has a name that only one resource can have.
var namings = map[string]map[string]string{
	"aws_athena_workgroup":           {"id": "{name}", "arn": "arn:{partition}:athena:{region}:{account}:workgroup/{name}"},
	"aws_cloudwatch_log_group":       {"id": "{name}", "arn": "arn:{partition}:logs:{region}:{account}:log-group:{name}"},
	"aws_cloudwatch_metric_alarm":    {"id": "{alarm_name}", "arn": "arn:{partition}:cloudwatch:{region}:{account}:alarm:{alarm_name}"},
	"aws_db_subnet_group":            {"id": "{name}", "arn": "arn:{partition}:rds:{region}:{account}:subgrp:{name}"},
	"aws_ec2_tag":                    {"id": "{resource_id},{key}"},
	"aws_eks_cluster":                {"id": "{name}", "arn": "arn:{partition}:eks:{region}:{account}:cluster/{name}"},
	"aws_emr_security_configuration": {"id": "{name}"},
	"aws_glue_catalog_database":      {"id": "{name}", "arn": "arn:{partition}:glue:{region}:{account}:database/{name}"},
	"aws_iam_instance_profile":       {"id": "{name}", "arn": "arn:{partition}:iam::{account}:instance-profile/{name}"},
	"aws_iam_policy":                 {"id": "{arn}", "arn": "arn:{partition}:iam::{account}:policy/{name}"},
	"aws_iam_role":                   {"id": "{name}", "arn": "arn:{partition}:iam::{account}:role/{name}"},
	"aws_iam_role_policy":            {"id": "{role}:{name}"},
	"aws_iam_role_policy_attachment": {"id": "{role}/{policy_arn}"},
	"aws_kms_alias":                  {"id": "{name}", "arn": "arn:{partition}:kms:{region}:{account}:{name}"},
	"aws_mwaa_environment":           {"id": "{name}", "arn": "arn:{partition}:airflow:{region}:{account}:environment/{name}"},
	"aws_s3_bucket":                  {"id": "{bucket}", "arn": "arn:{partition}:s3:::{bucket}"},
	"aws_s3_bucket_policy":           {"id": "{bucket}"},
	"aws_s3_bucket_versioning":       {"id": "{bucket}"},
	"aws_sns_topic":                  {"id": "{arn}", "arn": "arn:{partition}:sns:{region}:{account}:{name}"},
	"aws_sqs_queue":                  {"id": "{url}", "arn": "arn:{partition}:sqs:{region}:{account}:{name}", "url": "https://sqs.{region}.{dns_suffix}/{account}/{name}"},
}

var placeholder = regexp.MustCompile(`\{(\w+)\}`)

// named gives a resource the ARN, URL and id that AWS derives, where the plan left them unknown.
func (c cloud) named(typeName string, planned, applied tftypes.Value) (tftypes.Value, error) {
	before, err := attributesOf(planned)
	if err != nil {
		return applied, err
	}
	after, err := attributesOf(applied)
	if err != nil {
		return applied, err
	}
	facts := map[string]string{
		"account": account, "dns_suffix": c.dnsSuffix(), "partition": c.partition(), "region": c.region,
	}
	for _, attribute := range []string{"arn", "url", "id"} {
		template := namings[typeName][attribute]
		if template == "" || before[attribute].Type() == nil || before[attribute].IsKnown() {
			continue
		}
		after[attribute] = str(placeholder.ReplaceAllStringFunc(template, func(name string) string {
			name = strings.Trim(name, "{}")
			if fact, ok := facts[name]; ok {
				return fact
			}
			value, _ := text(after[name])
			return value
		}))
	}
	return tftypes.NewValue(applied.Type(), after), nil
}

// maker makes values up: the same ones for the same seed and path.
type maker struct {
	cloud    cloud
	typeName string
	seed     string
}

// unknown is the replacer of values that are not known.
func (m maker) unknown(path string, a *tfprotov5.SchemaAttribute, v tftypes.Value) tftypes.Value {
	if v.IsFullyKnown() {
		return v
	}
	return m.value(a.Type, path)
}

func (m maker) value(t tftypes.Type, path string) tftypes.Value {
	switch t := t.(type) {
	case tftypes.List:
		return tftypes.NewValue(t, []tftypes.Value{m.value(t.ElementType, path)})
	case tftypes.Set:
		return tftypes.NewValue(t, []tftypes.Value{m.value(t.ElementType, path)})
	case tftypes.Map:
		return tftypes.NewValue(t, map[string]tftypes.Value{})
	case tftypes.Object:
		attributes := map[string]tftypes.Value{}
		for name, element := range t.AttributeTypes {
			attributes[name] = m.value(element, path+"."+name)
		}
		return tftypes.NewValue(t, attributes)
	}
	switch {
	case t.Is(tftypes.String):
		return str(m.text(path))
	case t.Is(tftypes.Number):
		return tftypes.NewValue(t, 1)
	case t.Is(tftypes.Bool):
		return tftypes.NewValue(t, false)
	}
	return tftypes.NewValue(t, nil)
}

func (m maker) text(path string) string {
	name := path[strings.LastIndex(path, ".")+1:]
	kind := strings.TrimPrefix(m.typeName, "aws_")
	service, _, _ := strings.Cut(kind, "_")
	unique := digest(m.seed, []byte(path))[:12]
	switch {
	case name == "region":
		return m.cloud.region
	case name == "account_id", name == "owner", name == "owner_id":
		return account
	case name == "arn", strings.HasSuffix(name, "_arn"):
		return fmt.Sprintf("arn:%s:%s:%s:%s:%s/%s", m.cloud.partition(), service, m.cloud.region, account, kind, unique)
	case name == "id", strings.HasSuffix(name, "_id"):
		return strings.ReplaceAll(kind, "_", "-") + "-" + unique
	case strings.HasSuffix(name, "_at"), strings.HasSuffix(name, "_date"), strings.HasSuffix(name, "_time"):
		return "2026-01-01T00:00:00Z"
	}
	return strings.ReplaceAll(name, "_", "-") + "-" + unique
}

func digest(name string, content []byte) string {
	sum := sha256.Sum256(append([]byte(name), content...))
	return hex.EncodeToString(sum[:])
}
