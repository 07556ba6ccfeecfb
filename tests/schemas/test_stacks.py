"""The committed environments: AWS refuses nothing of them, as far as its schemas say."""

from __future__ import annotations

import regional_services
from judge import Exceptions, Verdict, refused

#: How much of what production sets has to be judged.
LEAST_SHARE = 0.9


def test_aws_refuses_nothing_and_every_value_is_judged_or_listed(
    verdicts: list[Verdict], exceptions: Exceptions
) -> None:
    assert "\n".join(map(str, refused(verdicts, exceptions))) == ""


def test_nearly_everything_of_production_is_judged(verdicts: list[Verdict]) -> None:
    (production,) = [verdict for verdict in verdicts if verdict.name == "prod"]
    assert production.share >= LEAST_SHARE
    assert production.types > 50
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


def test_table_of_what_regions_lack_is_up_to_date() -> None:
    assert regional_services.TABLE.read_text(encoding="utf-8") == regional_services.text()
