"""Judge commands of the AWS CLI by the service models of botocore, which the CLI is made of.

Reads a JSON list of commands from stdin, each a list of words behind `aws`, and prints a list of what is wrong with
each; null where nothing is.
"""

from __future__ import annotations

import json
import sys

import botocore.session
from botocore import xform_name

#: Options of every command (AWS CLI reference, "Global options").
GLOBAL = {"profile", "region", "output", "query", "no-cli-pager", "cli-input-json", "endpoint-url"}
#: Commands that the CLI adds to the services' own.
ADDED = {("emr", "terminate-clusters"), ("s3", "cp"), ("s3", "ls"), ("s3", "sync"), ("sso", "login"), ("configure", None), ("cloudtrail", "validate-logs")}

#: Options that it adds to an operation of a service (AWS CLI reference, "emr").
EXTRA = {("emr", "list-clusters"): {"active", "terminated", "failed"}}

session = botocore.session.get_session()


def judge(words: list[str]) -> str | None:
    """Say what is wrong with one command."""
    service, operation = words[0], words[1] if len(words) > 1 else None
    if (service, operation) in ADDED or (service, None) in ADDED:
        return None
    service = "s3" if service == "s3api" else service
    if service not in session.get_available_services():
        return f"no service {service}"
    if operation == "wait":
        waiters = {xform_name(name, "-") for name in session.get_waiter_model(service).waiter_names}
        return None if words[2] in waiters else f"{service} has no waiter {words[2]}"
    model = session.get_service_model(service)
    names = {xform_name(name, "-"): name for name in model.operation_names}
    if operation not in names:
        return f"{service} has no operation {operation}"
    shape = model.operation_model(names[operation]).input_shape
    members = {xform_name(name, "-") for name in (shape.members if shape else {})}
    members |= GLOBAL | EXTRA.get((service, operation), set())
    options = [word[2:].split("=")[0] for word in words[2:] if word.startswith("--")]
    unknown = [name for name in options if name not in members and name.removeprefix("no-") not in members]
    return f"{operation} takes no --{', --'.join(unknown)}" if unknown else None


json.dump([judge(words) for words in json.load(sys.stdin)], sys.stdout)
