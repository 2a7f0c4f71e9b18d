"""Turn any rule into one plain sentence, so that a clinician can read what will fire and sign it."""

from collections.abc import Mapping
from typing import Any

from backend.protocol import texts
from backend.protocol.conditions import COMPARISONS, form_of, shape_of
from backend.protocol.model import Condition, Protocol
from backend.protocol.reason import missed_logs, reason, reason_detail

__all__ = ["explain", "missed_logs", "reason", "reason_detail"]
Shapes = Mapping[str, Any]


def explain(protocol: Protocol, rule_id: str, language: str = "en") -> str:
    """For example "When the estimated diarrhea grade is 3, the patient is asked to call the team now."."""
    words = texts.of(language)["explain"]
    combine, missed = protocol.data["combination"], protocol.data["missed_logs"]
    if rule_id == combine["id"]:
        at = texts.of(language)["urgencies"][combine["at"]]["word"]
        values = {
            "number": combine["different_symptoms"],
            "at": at,
            "urgency": words["urgencies"][combine["makes"]],
        }
        return _fill(words["combination"], values)
    if rule_id == missed["id"]:
        return _fill(words["missed_logs"], {"days": missed["nurse_after_days"]})
    rule = protocol.rule_by_id[rule_id]
    said = Sentence(protocol.data, texts.of(language)).say(rule.when)
    return _fill(words["rule"], {"condition": said, "urgency": words["urgencies"][rule.urgency]})


class Sentence:
    """Says conditions of one protocol in one language. Each method says one form of the condition language."""

    def __init__(self, data: Shapes, words: Shapes) -> None:
        self.data = data
        self.words = words["explain"]
        self.signs = words["signs"]

    def say(self, condition: Condition) -> str:
        """The condition as a clause without a full stop."""
        form = form_of(condition)
        said: str = getattr(self, f"_{form}")(condition)
        return said

    def _put(self, key: str, **values: object) -> str:
        template: str = self.words[key]
        return _fill(template, values)

    def _all(self, condition: Condition) -> str:
        """What must be so, "unless" what must not: read as a clinician would write it."""
        denied = [part for part in condition["all"] if self._is_denied(part)]
        required = [part for part in condition["all"] if part not in denied]
        if not required:
            required, denied = denied, []
        said = str(self.words["all"].join(self._inside(part, "any", "any_inside_all") for part in required))
        if not denied:
            return said
        return self._put("unless", parts=said, unless=self._any({"any": [part["not"] for part in denied]}))

    def _is_denied(self, part: Condition) -> bool:
        """A condition negated, other than one of warning signs, which has words of its own."""
        return form_of(part) == "not" and form_of(self._unnamed(part["not"])) not in ("sign", "any_sign_of")

    def _any(self, condition: Condition) -> str:
        return str(self.words["any"].join(self._inside(part, "all", "all_inside_any") for part in condition["any"]))

    def _inside(self, part: Condition, other: str, wrapping: str) -> str:
        said = self.say(part)
        return self._put(wrapping, parts=said) if form_of(self._unnamed(part)) == other else said

    def _unnamed(self, part: Condition) -> Condition:
        while form_of(part) == "condition":
            part = self.data["conditions"][part["condition"]]
        return part

    def _not(self, condition: Condition) -> str:
        part = self._unnamed(condition["not"])
        if form_of(part) == "any_sign_of":
            return self._put("no_sign_of", names=self._names_of(part["any_sign_of"]))
        if form_of(part) == "sign":
            return self._put("no_sign", name=self._sign_name(part["sign"]))
        return self._put("not", part=self._bracketed(part))

    def _condition(self, condition: Condition) -> str:
        return self.say(self.data["conditions"][condition["condition"]])

    def _sign(self, condition: Condition) -> str:
        return self._put("sign", name=self._sign_name(condition["sign"]))

    def _any_sign_of(self, condition: Condition) -> str:
        return self._put("any_sign", names=self._names_of(condition["any_sign_of"]))

    def _names_of(self, sign_list: str) -> str:
        return ", ".join(self._sign_name(sign) for sign in self.data["sign_lists"][sign_list])

    def _sign_name(self, sign: str) -> str:
        name: str = self.signs[sign]["nurse"]
        return name[0].lower() + name[1:]

    def _fact(self, condition: Condition) -> str:
        path = condition["fact"]
        if "answered" in condition:
            said = _fill(self.words["answered"][_yes(condition["answered"])], {"name": self.name(path)})
        elif shape_of(self.data, path)["kind"] == "yes_no":
            said = self.words["yes_no"][path][_yes(condition["is"])]
        else:
            choice = shape_of(self.data, path)["kind"] == "choice"
            said = self._compared(condition, self.name(path), choice=choice)
        return self._on_day(condition, said)

    def _grade(self, condition: Condition) -> str:
        name = self._put("grade", name=self.name(condition["grade"]))
        return self._on_day(condition, self._compared(condition, name))

    def _change(self, condition: Condition) -> str:
        return self._compared(condition, self._put("change", name=self.name(condition["change"])))

    def _percent_below_baseline(self, condition: Condition) -> str:
        name = self.name(condition["percent_below_baseline"])
        return self._put("percent_below_baseline", name=name, percent=condition["at_least"])

    def _baseline(self, condition: Condition) -> str:
        return _fill(self.words["baseline"][_yes(condition["known"])], {"name": self.name(condition["baseline"])})

    def _on_days(self, condition: Condition) -> str:
        span = condition["on_days"]
        days, count = span["to"] - span["from"] + 1, span["at_least"]
        key = "on_all_days" if days == count else "on_days"
        return self._put(key, days=days, count=count, part=self.say(condition["when"]))

    def _last_graded(self, condition: Condition) -> str:
        name, part = self.name(condition["last_graded"]), self._bracketed(condition["when"])
        return self._put("last_graded", name=name, days=condition["within_days"], part=part)

    def _reading(self, condition: Condition) -> str:
        return _fill(self.words["reading"][condition["reading"]], {"part": self._bracketed(condition["when"])})

    def _bracketed(self, part: Condition) -> str:
        inside = self._unnamed(part)
        if form_of(inside) == "all" and any(self._is_denied(one) for one in inside["all"]):
            return self._put("all_inside_any", parts=self.say(part))
        return self._inside(part, "any", "any_inside_all")

    def _worsened(self, condition: Condition) -> str:
        name = self.name(condition["worsened"])
        return self._put("worsened", name=name, by=condition["by"], days=condition["within_days"])

    def _reviewed(self, condition: Condition) -> str:
        values = {"name": self.name(condition["reviewed"]), "to": condition["to"]}
        values["first"] = condition.get("first_graded_after", condition["from"])
        return _fill(self.words["reviewed"][condition["todays_grade"]], values)

    def _on_day(self, condition: Condition, said: str) -> str:
        ago = condition.get("days_ago", 0)
        if not ago:
            return said
        template = self.words["days_ago"]["1" if ago == 1 else "more"]
        return _fill(template, {"part": said, "days": ago})

    def _compared(self, condition: Condition, name: str, *, choice: bool = False) -> str:
        key = next(comparison for comparison in COMPARISONS if comparison in condition)
        value = self._value(condition[key])
        return self._put("at_least_choice" if choice and key == "at_least" else key, name=name, value=value)

    def _value(self, bound: Any) -> str:
        if isinstance(bound, dict):
            return self._put("parameter", value=self.data["parameters"][bound["parameter"]]["default"])
        if isinstance(bound, str):
            return str(self.words["choices"].get(bound, bound))
        return str(bound)

    def name(self, path: str) -> str:
        """The plain name of a fact, grade or baseline."""
        return str(self.words["names"].get(path, path))


def _yes(value: bool) -> str:
    return "true" if value else "false"


def _fill(template: str, values: Mapping[str, object]) -> str:
    for name, value in values.items():
        template = template.replace("{" + name + "}", str(value))
    return template
