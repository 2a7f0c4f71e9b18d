"""The protocol without what a patient's phone never reads: the same rules, grades and words, in fewer bytes.

Left out are the words for nurses, the sentences that explain a rule, the refusals of answers, the sources, and the
words for other drugs. Id, version and the ids of all rules stay, so a phone says what it judged by.
"""

from collections.abc import Mapping
from typing import Any

SECTIONS_FOR_OTHERS = {"nurse_choices", "summaries", "reasons", "details", "explain", "errors"}
FIELDS_FOR_OTHERS = {"released_on", "signature_note", "missed_logs", "review_windows"}

Json = Mapping[str, Any]


def for_phone(document: Json) -> dict[str, Any]:
    """The document of `load.wire`, as a patient's phone keeps it. Its evaluator judges by it as by the whole."""
    data, texts = document["protocol"], document["texts"]
    rules = [_without(rule, {"source"}) for rule in data["rules"]]
    words = _without(texts, SECTIONS_FOR_OTHERS)
    names = {section: _names(texts[section]) for section in ("symptoms", "signs")}
    return {
        **document,
        "protocol": {**_without(data, FIELDS_FOR_OTHERS), "rules": rules},
        "texts": {**_of_drug(words, data["drug"]), **names},
    }


def _without(node: Json, names: set[str]) -> dict[str, Any]:
    return {name: value for name, value in node.items() if name not in names}


def _names(section: Json) -> dict[str, Any]:
    return {key: _without(words, {"nurse"}) for key, words in section.items()}


def _of_drug(node: Any, drug: str) -> Any:
    """The same words, and of those "by_drug" only this drug's."""
    if isinstance(node, list):
        return [_of_drug(one, drug) for one in node]
    if not isinstance(node, Mapping):
        return node
    own = {name: _of_drug(value, drug) for name, value in node.items() if name != "by_drug"}
    if drug in node.get("by_drug", {}):
        own["by_drug"] = {drug: _of_drug(node["by_drug"][drug], drug)}
    return own
