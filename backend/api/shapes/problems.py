"""What a refused request is answered with."""

from rest_framework import serializers as s


class FieldProblem(s.Serializer):
    field = s.CharField()
    reason = s.CharField()
    mend = s.CharField()


class ProblemShape(s.Serializer):
    """application/problem+json (RFC 9457)."""

    type = s.CharField()
    title = s.CharField()
    status = s.IntegerField()
    code = s.CharField(help_text="Stable word to branch on.")
    detail = s.CharField(help_text="What is wrong and what to do next, for the person who meets it.")
    fields = FieldProblem(many=True)  # type: ignore[assignment]
    existing = s.UUIDField(required=False, help_text="409 of a log: the log that is there.")
    by = s.CharField(required=False, allow_null=True, help_text="409 of an alert: who has it.")
    at = s.DateTimeField(required=False, allow_null=True)
