"""Completes the API's description: which refusals can come where and in which form, and the bounds of what is sent."""

from typing import Any

from .errors import CONTENT_TYPE

Node = dict[str, Any]
PROBLEM = {"$ref": "#/components/schemas/ProblemShape"}
ALWAYS = {"400": "The request was not understood.", "406": "Not to be had in the form that Accept names.",
          "503": "The database does not answer. Send it again after Retry-After."}  # fmt: skip
SIGNED_IN = {"401": "Nobody is signed in, or the token is not known.", "403": "Your role may not do this.",
             "404": "It is not there, or not yours.", "429": "Too many requests. Wait Retry-After."}  # fmt: skip
WITH_PARAMETERS = {"422": "A field, parameter or id is refused; `fields` says which and how to mend it."}
WITH_BODY = {"413": "The body is too large.", "415": "The body has another content type.", **WITH_PARAMETERS}
RETRY_AFTER = {"Retry-After": {"schema": {"type": "integer", "minimum": 1}, "description": "Seconds to wait."}}
OF_PATH: dict[str, Node] = {
    "id": {"type": "string", "format": "uuid"},
    "message": {"type": "string", "format": "uuid"},
    "day": {"type": "string", "format": "date"},
    "drug": {"type": "string", "minLength": 1, "maxLength": 40},
}


def complete(result: Node, generator: Any, request: Any, public: Any) -> Node:
    """drf-spectacular's last step: return the description with what it cannot find out by itself."""
    for path in result["paths"].values():
        for operation in path.values():
            _declare_refusals(operation)
            for parameter in operation.get("parameters", []):
                if parameter["in"] == "path":
                    parameter["schema"] = OF_PATH.get(parameter["name"], parameter["schema"])
    for name, schema in result["components"]["schemas"].items():
        if name.endswith("Request") and schema.get("type") == "object":
            schema.setdefault("additionalProperties", False)
    return result


def _declare_refusals(operation: Node) -> None:
    responses: Node = operation["responses"]
    for status, words in _refusals(operation).items():
        responses.setdefault(status, {"description": words})
    for status, response in responses.items():
        if int(status) >= 400:
            response["description"] = response["description"] or _refusals(operation).get(status, "Refused.")
            response["content"] = {CONTENT_TYPE: {"schema": PROBLEM}}
        if status in ("429", "503"):
            response["headers"] = RETRY_AFTER
    operation["responses"] = dict(sorted(responses.items()))


def _refusals(operation: Node) -> dict[str, str]:
    found = dict(ALWAYS)
    if operation.get("security"):
        found |= SIGNED_IN
    if operation.get("parameters"):
        found |= WITH_PARAMETERS
    if "requestBody" in operation:
        found |= WITH_BODY
    return found
