"""Applies AWS's resource schemas and cfn-lint's rules to synthesized stacks.

`python tests/schemas/judge.py cdktf.out` prints what AWS would refuse, with its place, its value and what is
allowed, and every value for which CloudFormation has no property unless `exceptions.json` says why. Each
environment is judged in its own region.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import schemas
from cfnlint.config import ConfigMixIn
from cfnlint.decode.decode import decode_str
from cfnlint.rules import Match, Rules
from cfnlint.runner import Runner
from cfnlint.runner.template import run_template_by_data
from mapping import GLOBAL
from parts import Leaf
from schemas import PropertyPath
from synthesis import Stack, read_stacks
from template import Template, template_of

EXCEPTIONS = Path(__file__).with_name("exceptions.json")
#: Characters of a message or a value that are shown: some messages name every value that there is.
MOST_SHOWN = 400


@dataclass(frozen=True)
class Finding:
    """Something that AWS refuses, or an exception that says nothing."""

    rule: str
    #: `prod-metadata aws_db_instance.store: instance_class = "db.m1.tiny"`.
    place: str
    message: str
    remedy: str

    @property
    def title(self) -> str:
        """Return the rule and the message, by which exceptions name it."""
        return f"{self.rule} {self.message}"

    def __str__(self) -> str:
        return f"✗ {self.place}\n  {_shortened(self.message)} [{self.rule}]\n  → {self.remedy}"


@dataclass(frozen=True)
class Verdict:
    """What was judged, and what was found."""

    name: str
    region: str
    #: Terraform types of which something was judged.
    types: frozenset[str]
    matched: int
    unmatched: tuple[Leaf, ...]
    #: What the schemas refuse, the exceptions among it.
    found: tuple[Finding, ...]

    @property
    def share(self) -> float:
        """Return how much of what is set was judged, 0 to 1."""
        return self.matched / (self.matched + len(self.unmatched))


@dataclass(frozen=True)
class Exceptions:
    """What is not judged, each with its reason."""

    #: Rules that are about how templates are written.
    rules: dict[str, str]
    #: Findings that do not hold: the rule, and the beginning of its message.
    findings: dict[str, str]
    #: Arguments that no property describes: `aws_s3_bucket.force_destroy`.
    arguments: dict[str, str]

    @staticmethod
    def read() -> Exceptions:
        """Return those that are committed."""
        return Exceptions(**json.loads(EXCEPTIONS.read_text(encoding="utf-8")))

    def covers(self, finding: Finding) -> bool:
        """Say whether a finding is none."""
        return finding.rule in self.rules or any(finding.title.startswith(start) for start in self.findings)


def _shortened(text: str) -> str:
    return text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]} …"


def judge(stacks: list[Stack]) -> Verdict:
    """Return what is found in stacks that are deployed together."""
    template = template_of(stacks)
    everywhere = {
        logical for logical, entry in template.resources.items() if entry["Type"].startswith(GLOBAL)
    }
    found = [
        *findings_in(template, template.resources.keys() - everywhere, template.region),
        *findings_in(template, everywhere, schemas.HOME),
    ]
    return Verdict(
        name=stacks[0].name if len(stacks) == 1 else stacks[0].name.rpartition("-")[0],
        region=template.region,
        types=frozenset(leaf.resource.type for leaves in template.matched.values() for leaf in leaves),
        matched=sum(map(len, template.matched.values())),
        unmatched=tuple(template.unmatched),
        found=tuple(found),
    )


def findings_in(template: Template, logical_ids: Collection[str], region: str) -> Iterator[Finding]:
    """Yield what a region refuses of some resources of a template."""
    if region not in schemas.known_regions():
        raise ValueError(
            f"{region} is not in cfn-lint's data of {schemas.data_date()}: its schemas are unknown"
        )
    resources = {logical: template.resources[logical] for logical in _with_referred(template, logical_ids)}
    parameters = {name: {"Type": "String"} for name in sorted(template.parameters)}
    text = json.dumps({"Parameters": parameters, "Resources": resources})
    # Read from text: cfn-lint looks for the place of what it finds.
    content, _ = decode_str(text)
    for match in run_template_by_data(content, ConfigMixIn(regions=[region]), _rules()):
        logical = str((match.path or ["", ""])[1])
        if logical in logical_ids:
            yield Finding(match.rule.id, _place(template, match), match.message, _remedy(match, region))


@cache
def _rules() -> Rules:
    """Return cfn-lint's rules, which take longer to load than most templates to judge."""
    return Runner(ConfigMixIn(regions=[schemas.HOME])).rules


def _with_referred(template: Template, logical_ids: Collection[str]) -> set[str]:
    """Return resources with all that they refer to."""
    found: set[str] = set()
    open_ids = set(logical_ids)
    while open_ids:
        logical = open_ids.pop()
        found.add(logical)
        words = set(re.findall(r"\w+", json.dumps(template.resources[logical])))
        open_ids |= (words & template.resources.keys()) - found
    return found


def _place(template: Template, match: Match) -> str:
    _, logical, *path = match.path or ["", ""]
    here = tuple(path[1:])
    owner = template.owners[str(logical)]
    # What lies exactly there, or what it is part of; a missing property has its resource only.
    for end in range(len(here), 0, -1):
        for leaf in template.matched.get((str(logical), here[:end]), []):
            value = leaf.value
            if inner := here[end:]:  # In a JSON document.
                value = _at(template.resources[str(logical)]["Properties"], here)
            argument = f"{leaf.argument} {'.'.join(map(str, inner))}".rstrip()
            return f"{leaf.resource.at}: {argument} = {_shortened(json.dumps(value, ensure_ascii=False))}"
    kind = template.resources[str(logical)]["Type"]
    return f"{owner.at}: {'.'.join(map(str, (kind, *here)))}"


def _at(value: Any, path: PropertyPath) -> Any:
    """Return what lies at a path, or above it where a rule names a property that is not there."""
    for step in path:
        if not isinstance(value, (dict, list)) or (isinstance(value, dict) and step not in value):
            break
        value = value[step]
    return value


def _remedy(match: Match, region: str) -> str:
    if match.rule.id == "E3006":
        return f"leave out what needs it in {region}, or put the environment into a region that has it"
    return "change the setting in environments/, or what stacks/ and modules/ make of it"


def refused(verdicts: Iterable[Verdict], exceptions: Exceptions) -> list[Finding]:
    """Return what AWS would refuse, then the values that no property describes and no exception names."""
    verdicts = list(verdicts)
    found = [one for verdict in verdicts for one in verdict.found if not exceptions.covers(one)]
    return found + _unlisted([leaf for verdict in verdicts for leaf in verdict.unmatched], exceptions)


def _unlisted(leaves: Iterable[Leaf], exceptions: Exceptions) -> list[Finding]:
    remedy = (
        "name the property in tests/schemas/mapping.py; where CloudFormation has none, "
        "the argument and the reason belong in tests/schemas/exceptions.json"
    )
    first = {leaf.key: leaf for leaf in reversed(list(leaves)) if leaf.key not in exceptions.arguments}
    return [
        Finding(
            "unmatched",
            f"{leaf.resource.at}: {leaf.argument} = {_shortened(json.dumps(leaf.value))}",
            key,
            remedy,
        )
        for key, leaf in sorted(first.items())
    ]


def figures(verdicts: Iterable[Verdict]) -> str:
    """Return what was judged, a line for each environment and each account."""
    lines = [f"AWS's resource schemas of {schemas.data_date()}, by cfn-lint"]
    for one in verdicts:
        judged = f"{one.matched} of {one.matched + len(one.unmatched)} values judged ({one.share:.1%})"
        lines.append(f"{one.name:<24}{one.region:<16}{len(one.types)} types, {judged}")
    return "\n".join(lines)


def main(outdir: str) -> int:
    """Judge the stacks of a directory, print the figures and what was found, and return the exit code."""
    exceptions = Exceptions.read()
    verdicts = [judge(stacks) for stacks in read_stacks(Path(outdir)).values()]
    found = refused(verdicts, exceptions)
    print(figures(verdicts))
    for finding in found:
        print(finding, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "cdktf.out"))
    except ValueError as error:
        sys.exit(f"✗ {error}")
