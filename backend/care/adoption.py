"""Which protocol version a clinic uses for a drug, and how it moves on to the next one."""

from datetime import datetime

from django.db import transaction

from backend.accounts.models import Person
from backend.protocol import load

from .models import Clinic, ProtocolAdoption


class AdoptionRefused(Exception):
    """The clinic cannot use this version; the message says why and what to do."""


@transaction.atomic
def adopt(*, drug: str, version: int, by: Person, now: datetime) -> ProtocolAdoption:
    """Let the clinic of an administrator judge logs of `drug` by `version` from now on. Safe to run twice.

    Logs judged before keep their assessment. Raises AdoptionRefused, and ProtocolError when there is no such version.
    """
    if by.role != Person.Role.ADMINISTRATOR or by.clinic_id is None:
        raise AdoptionRefused(f"{by.email} is no administrator of a clinic. Ask one to adopt it.")
    load.released(drug, version)
    Clinic.objects.select_for_update().get(pk=by.clinic_id)
    current = ProtocolAdoption.objects.filter(clinic=by.clinic_id, drug=drug, replaced_at__isnull=True).first()
    if current is not None and current.version == version:
        return current
    if current is not None and current.version > version:
        raise AdoptionRefused(
            f"The clinic uses {drug} {current.version}, whose logs hold answers that {version} does not know. "
            "Release a higher version instead."
        )
    if current is not None:
        current.replaced_at = now
        current.save(update_fields=["replaced_at"])
    return ProtocolAdoption.objects.create(
        clinic_id=by.clinic_id, drug=drug, version=version, adopted_by=by, adopted_at=now
    )
