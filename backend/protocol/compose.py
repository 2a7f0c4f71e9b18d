"""Build the whole protocol of a drug that is written as "like sorafenib.1, with these changes"."""

import copy
from collections.abc import Callable, Mapping
from typing import Any

from backend.protocol.problems import ProtocolError

ReadFile = Callable[[str, int], Mapping[str, Any]]


def compose(data: Mapping[str, Any], file: str, read_file: ReadFile) -> dict[str, Any]:
    """The flat protocol, as it goes over the wire. A file without "like" is returned as it is.

    `changes` names rules by id; each gives the keys that differ from the rule of the protocol it is like.
    """
    if "like" not in data:
        return dict(data)
    name, _, version = str(data["like"]).rpartition(".")
    if not name or not version.isdigit():
        raise ProtocolError(
            file, None, f'"like" is {data["like"]!r}', 'Write it as "sorafenib.1": a drug and a version.'
        )
    whole = copy.deepcopy(dict(read_file(name, int(version))))
    if "like" in whole:
        raise ProtocolError(
            file, None, f'"like" names {data["like"]}, which is itself like another', "Name a complete one."
        )
    whole.update({key: value for key, value in data.items() if key not in ("like", "changes")})
    rules = {rule["id"]: rule for rule in whole["rules"]}
    for rule_id, change in data.get("changes", {}).items():
        if rule_id not in rules:
            mend = f"Use the id of a rule of {data['like']}, or take the change out."
            raise ProtocolError(file, rule_id, "the change names a rule that does not exist", mend)
        rules[rule_id].update(change)
    return whole
