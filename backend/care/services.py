"""What a patient decides about themselves."""

from uuid import UUID

from .models import Patient


def choose_language(*, patient_id: UUID, language: str) -> None:
    """Let the patient's answers, messages and protocol come in this language. The caller checked that there is one."""
    Patient.objects.filter(pk=patient_id).update(language=language)
