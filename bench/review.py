"""A review of the working tree against a commit that was synthesized before, beside a synth alone."""

from __future__ import annotations

from process import compare

BASE = ["./platform", "review", "--base", "HEAD"]

compare(
    {
        "./platform synth": ["./platform", "synth"],
        "./platform review": BASE,
        "./platform review --format markdown": [*BASE, "--format", "markdown"],
        "./platform review --format html": [*BASE, "--format", "html"],
    }
)
