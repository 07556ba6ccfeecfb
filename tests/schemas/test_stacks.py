"""The committed environments: AWS refuses nothing of them, as far as its schemas say."""

from __future__ import annotations

import re
from pathlib import Path

import regional_services
from judge import Exceptions, Verdict, refused

ROOT = Path(__file__).resolve().parents[2]
#: How much of what production sets has to be judged.
LEAST_SHARE = 0.9


def test_aws_refuses_nothing_and_every_value_is_judged_or_listed(
    verdicts: list[Verdict], exceptions: Exceptions
) -> None:
    assert "\n".join(map(str, refused(verdicts, exceptions))) == ""


def test_nearly_everything_of_production_is_judged(verdicts: list[Verdict]) -> None:
    (production,) = [verdict for verdict in verdicts if verdict.name == "prod"]
    assert production.share >= LEAST_SHARE
    assert len(production.types) > 50
    assert production.matched > 1000


def test_every_exception_is_needed_and_has_its_reason(
    verdicts: list[Verdict], exceptions: Exceptions
) -> None:
    unmatched = {leaf.key for verdict in verdicts for leaf in verdict.unmatched}
    assert exceptions.arguments.keys() - unmatched == set(), (
        "a property describes these: no exceptions any more"
    )
    found = [finding for verdict in verdicts for finding in verdict.found]
    assert exceptions.rules.keys() - {finding.rule for finding in found} == set()
    assert [one for one in exceptions.findings if not any(each.title.startswith(one) for each in found)] == []
    reasons = [*exceptions.rules.values(), *exceptions.findings.values(), *exceptions.arguments.values()]
    assert [reason for reason in reasons if len(reason) < 30] == []


def test_every_type_that_the_code_makes_is_in_a_judged_stack(verdicts: list[Verdict]) -> None:
    made = {
        f"aws_{name.replace('-', '_')}"
        for folder in ("modules", "policies", "stacks")
        for file in (ROOT / folder).rglob("*.ts")
        for name in re.findall(r"@cdktf/provider-aws/lib/([a-z0-9-]+)", file.read_text(encoding="utf-8"))
        if name != "provider" and not name.startswith("data-")
    }
    assert len(made) > 60
    judged = {kind for verdict in verdicts for kind in verdict.types}
    unmatched = {leaf.resource.type for verdict in verdicts for leaf in verdict.unmatched}
    assert made - judged - unmatched == set()


def test_table_of_what_regions_lack_is_up_to_date() -> None:
    assert regional_services.TABLE.read_text(encoding="utf-8") == regional_services.text()
