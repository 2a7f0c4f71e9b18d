"""What changed from one day to the next, in words for the nurse."""

from collections.abc import Sequence

from backend.protocol import texts, wording


def sign_changes(before: Sequence[str] | None, now: Sequence[str] | None, language: str = "en") -> list[str]:
    """For example ["New: dizzy on standing.", "No longer reported: fever."].

    None is a day on which the question about warning signs was not answered: then nothing is said about a change.
    """
    if before is None or now is None:
        return []
    words = texts.of(language)
    changes = [("new_signs", [one for one in now if one not in before])]
    changes.append(("gone_signs", [one for one in before if one not in now]))
    return [
        wording.fill(words["details"][key], {"signs": wording.joined(words, _names(words, signs))}) or ""
        for key, signs in changes
        if signs
    ]


def no_log_before(language: str = "en") -> str:
    """The sentence for a day before without a log."""
    return str(texts.of(language)["details"]["no_log_before"])


def _names(words: wording.Texts, signs: Sequence[str]) -> list[str]:
    names = [str(words["signs"][one]["nurse"]) if one in words["signs"] else one for one in signs]
    return [name[0].lower() + name[1:] for name in names]
