"""As much of the AWS CLI as guides use that a test runs: one call of `s3api`, answered in JSON.

The CLI itself is not installed for tests; this is made of what it is made of, botocore's models and jmespath.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import botocore.session
import jmespath
from botocore import xform_name
from botocore.config import Config

#: Options that are about the answer.
ANSWER = {"query", "output"}


def main(words: list[str]) -> None:
    """Call an operation, keep the body in the file that is named, and print the answer or what is asked of it."""
    service, operation, *rest = words
    session = botocore.session.get_session()
    client = session.create_client(
        {"s3api": "s3"}[service], config=Config(s3={"addressing_style": "path"}, retries={"total_max_attempts": 1})
    )
    model = next(name for name in client.meta.service_model.operation_names if xform_name(name, "-") == operation)
    members = client.meta.service_model.operation_model(model).input_shape.members
    given, places = {}, []
    while rest:
        word = rest.pop(0)
        if word.startswith("--"):
            given[word[2:]] = rest.pop(0)
        else:
            places.append(word)
    names = {xform_name(member, "-"): member for member in members}
    call = getattr(client, xform_name(model))
    answer = call(**{names[option]: value for option, value in given.items() if option not in ANSWER})
    answer.pop("ResponseMetadata")
    for place in places:
        Path(place).write_bytes(answer.pop("Body").read())
    print(json.dumps(jmespath.search(given.get("query", "@"), answer), default=str))


main(sys.argv[1:])
