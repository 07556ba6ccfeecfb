"""Validates one event by a compiled contract, with the reason codes that the jobs give the same record.

Each module mirrors one of the jobs', which its docstring names. A differential test compares both.
"""
