"""Writes the stacks of an environment as a CloudFormation template, to which AWS's schemas can be applied."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any

import schemas
from mapping import TARGETS
from parts import Leaf, dotted, leaves, split
from schemas import PropertyPath
from synthesis import REFERENCE, Attribute, Resource, Stack, Unknown
from target import Target


@dataclass
class Template:
    """A CloudFormation template, and which value of the stacks each of its values is."""

    region: str
    account: str
    resources: dict[str, dict[str, Any]] = field(default_factory=dict)
    #: Values by logical id and property.
    matched: dict[tuple[str, PropertyPath], list[Leaf]] = field(default_factory=dict)
    unmatched: list[Leaf] = field(default_factory=list)
    #: What data sources read: nobody knows it before the stacks are planned.
    parameters: set[str] = field(default_factory=set)
    #: The resource of a stack that each logical id stands for.
    owners: dict[str, Resource] = field(default_factory=dict)


def template_of(stacks: list[Stack]) -> Template:
    """Return the template of stacks that are deployed together."""
    template = Template(stacks[0].region, stacks[0].account)
    parts = [part for stack in stacks for resource in stack.resources.values() for part in split(resource)]
    # Wholes first: a part of a bucket's settings adds to the bucket.
    for resource in sorted(
        parts, key=lambda one: one.type in TARGETS and TARGETS[one.type].part_of is not None
    ):
        if resource.type in TARGETS:
            _Writer(template, resource).write()
        else:
            template.unmatched += [
                Leaf(resource, dotted(path), value) for path, value in leaves(resource.block)
            ]
    return template


def logical_id(one: Resource | Unknown) -> str:
    """Return the name of a resource or a parameter in a template, which takes letters and digits only."""
    return "".join(word.capitalize() for word in re.split("[^A-Za-z0-9]+", one.at))


class _Writer:
    """Writes the arguments of one resource into the properties of its target."""

    def __init__(self, template: Template, resource: Resource) -> None:
        self._template = template
        self._resource = resource
        self._target: Target = TARGETS[resource.type]
        owner = resource
        if self._target.part_of:
            owner = resource.stack.referred(resource.block[self._target.part_of])
        self._logical = logical_id(owner)
        template.owners[self._logical] = owner
        entry = template.resources.setdefault(self._logical, {"Type": self._target.type, "Properties": {}})
        self._properties: dict[str, Any] = entry["Properties"]
        self._root = self._filled(self._target.under, ())

    def write(self) -> None:
        """Write every argument, then what the provider adds."""
        for path, value in leaves(self._resource.block):
            leaf = Leaf(self._resource, dotted(path), value)
            if leaf.argument == self._target.part_of:
                # Where the rest of the arguments has gone.
                self._note((), leaf)
            elif (place := self._place(path)) is not None:
                self._put(place, self._written(value, self._node(place)))
                self._note(place, leaf)
            elif not self._is_name_of_pair(path, leaf):
                self._template.unmatched.append(leaf)
        self._add_sent()

    def _add_sent(self) -> None:
        for name, value in self._target.sent.items():
            sent = value.format(account=self._template.account) if isinstance(value, str) else value
            self._properties.setdefault(name, sent)
        if not self._target.part_of and self._node(("Tags",)) is not None:
            own = self._resource.block.get("tags", {})
            for name, value in self._resource.stack.tags.items():
                if name not in own:
                    self._put(self._named(("Tags",), name), value)

    def _place(self, path: PropertyPath) -> PropertyPath | None:
        """Return the property of an argument, or None where the resource has none for it."""
        here: PropertyPath | None = self._root
        indices: PropertyPath = self._root
        is_appended = False
        for end, step in enumerate(path, 1):
            argument = dotted(path[:end])
            if isinstance(step, str) and argument in self._target.renames:
                is_appended = "[+]" in self._target.renames[argument]
                here = self._filled(self._target.renames[argument], indices)
            elif argument in self._target.keyed:
                return self._keyed(path, end)
            elif here is None:
                continue  # An argument below may have a property.
            elif isinstance(step, int):
                if accepts_list(self._node(here)):
                    here = (*here, step)
                elif step > 0 and not is_appended:
                    return None
            else:
                here = self._below(here, step, isinstance(path[end], int) if end < len(path) else False)
            indices = here or indices
        if here is not None and accepts_list(self._node(here)):
            return (*here, 0)  # One value where AWS takes several.
        return None if here is None or self._node(here) is None else here

    def _below(self, here: PropertyPath, step: str, is_list: bool) -> PropertyPath | None:
        found = self._node(here)
        if schemas.pair_of(self._template.region, self._target.type, here) or (
            found is not None and here and schemas.is_free(found)
        ):
            return self._named(here, step)
        if accepts_list(found):
            here = (*here, 0)  # One block where AWS takes several.
        name = schemas.property_of(self._template.region, self._target.type, here, step, is_list)
        return None if name is None else (*here, name)

    def _named(self, here: PropertyPath, name: str) -> PropertyPath:
        """Return where the value of a name of the user's choice goes: into an object, or a list of pairs."""
        pair = schemas.pair_of(self._template.region, self._target.type, here)
        if pair is None:
            return (*here, name)
        number = len(self._at(here) or [])
        self._put((*here, number, pair[0]), name)
        return (*here, number, pair[1])

    def _keyed(self, path: PropertyPath, end: int) -> PropertyPath | None:
        """Return where the value of a block of a name and a value goes."""
        name, content, into = self._target.keyed[dotted(path[:end])]
        number, argument, *rest = path[end:]
        if argument != content:
            return None
        return (*self._filled(into, ()), self._resource.block[path[0]][number][name], *rest)

    def _is_name_of_pair(self, path: PropertyPath, leaf: Leaf) -> bool:
        above, _, last = leaf.argument.rpartition(".")
        if above not in self._target.keyed or last != self._target.keyed[above][0]:
            return False
        self._note((*self._filled(self._target.keyed[above][2], ()), leaf.value), leaf)
        return True

    def _filled(self, pattern: str, here: PropertyPath) -> PropertyPath:
        """Return a property of the mapping with the indices of where the argument is; set what is beside."""
        pattern, *beside = pattern.split("|")
        indices = iter([step for step in here if isinstance(step, int)])
        path: PropertyPath = ()
        for name, index in re.findall(r"(\w+)(\[.?])?", pattern):
            path = (*path, name)
            if index == "[]":
                path = (*path, next(indices, 0))
            elif index == "[+]":
                path = (*path, len(self._at(path) or []))
        for setting in beside:
            name, _, value = setting.partition("=")
            self._put((*(path if isinstance(path[-1], int) else path[:-1]), name), value)
        return path

    def _node(self, path: PropertyPath) -> dict[str, Any] | None:
        return schemas.node(self._template.region, self._target.type, path)

    def _note(self, place: PropertyPath, leaf: Leaf) -> None:
        if leaf.argument not in self._resource.added:
            self._template.matched.setdefault((self._logical, place), []).append(leaf)

    def _at(self, path: PropertyPath) -> Any:
        found: Any = self._properties
        for step in path:
            if isinstance(found, list):
                found = found[step] if isinstance(step, int) and step < len(found) else None
            elif isinstance(found, dict):
                found = found.get(step)
        return found

    def _put(self, path: PropertyPath, value: Any) -> None:
        found: Any = self._properties
        for step, following in zip(path, (*path[1:], None), strict=True):
            empty: Any = [] if isinstance(following, int) else {}
            if isinstance(step, int):
                while len(found) <= step:
                    found.append({} if following is not None else None)
                if following is None:
                    found[step] = value
            elif following is None:
                found[step] = value
            else:
                found.setdefault(step, empty)
            found = found[step]

    def _written(self, value: Any, found: dict[str, Any] | None) -> Any:
        if isinstance(value, str) and value.startswith("{") and schemas.accepts(found or {}, "object"):
            value = json.loads(value)
        return _substituted(value, self._resource.stack, self._template)


def accepts_list(found: dict[str, Any] | None) -> bool:
    """Say whether a property is a list."""
    return found is not None and schemas.accepts(found, "array")


def _substituted(value: Any, stack: Stack, template: Template) -> Any:
    """Return a value whose references are functions of CloudFormation."""
    if isinstance(value, dict):
        return {key: _substituted(one, stack, template) for key, one in value.items()}
    if isinstance(value, list):
        return [_substituted(one, stack, template) for one in value]
    if not isinstance(value, str) or not REFERENCE.search(value):
        return value
    resolved = stack.value(value)
    if isinstance(resolved, (Attribute, Unknown)):
        one, *attribute = _reference(resolved, template).split(".", 1)
        return {"Fn::GetAtt": [one, *attribute]} if attribute else {"Ref": one}
    if resolved is not value:
        return resolved

    def inner(found: re.Match[str]) -> str:
        one = stack.resolved(found[1])
        return f"${{{_reference(one, template)}}}" if isinstance(one, (Attribute, Unknown)) else str(one)

    text = REFERENCE.sub(inner, value)
    return {"Fn::Sub": text} if REFERENCE.search(text) else text


def _reference(found: Attribute | Unknown, template: Template) -> str:
    """Return what a reference is called in the template: a parameter, or a resource and its attribute."""
    if isinstance(found, Unknown):
        template.parameters.add(logical_id(found))
        return logical_id(found)
    target = TARGETS.get(found.resource.type)
    name = None
    if target is not None:
        known = schemas.attribute_of(template.region, target.type, found.name)
        name = target.attributes.get(found.name) or known
    if name is None:
        raise ValueError(f"{found.resource.at} has no attribute {found.name} that mapping.py knows")
    return f"{logical_id(found.resource)}.{name}"
