"""What a Terraform type describes in CloudFormation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Target:
    """A CloudFormation resource, as a Terraform type describes it or a part of it."""

    type: str
    #: Property by argument, both dotted. `[]` is the element that the argument is in, `[+]` a new one; what
    #: follows `|` is set beside it.
    renames: Mapping[str, str] = field(default_factory=dict)
    #: What the provider sends, or AWS takes, without being told.
    sent: Mapping[str, Any] = field(default_factory=dict)
    #: Blocks of a name and a value that are one object in CloudFormation: the arguments, and the property.
    keyed: Mapping[str, tuple[str, str, str]] = field(default_factory=dict)
    #: The argument that names the resource of which this type has a part of the settings.
    part_of: str | None = None
    #: The property under which the arguments are; `[+]` at its end: a new element of it.
    under: str = ""
    #: The argument that the id of the resource is.
    id: str | None = None
    #: Attributes that CloudFormation calls otherwise.
    attributes: Mapping[str, str] = field(default_factory=dict)
