"""Synth of all stacks of all environments, whole process: ours against the way of CDKTF's template."""

from __future__ import annotations

from process import compare

compare(
    {
        "./platform synth": ["./platform", "synth"],
        "npx ts-node main.ts": ["npx", "ts-node", "main.ts"],
    }
)
