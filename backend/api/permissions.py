"""Who may do what: nobody, until a view names the roles for a method."""

from typing import Any, TypeVar, cast
from uuid import UUID

from django.db.models import Model, QuerySet
from rest_framework.exceptions import MethodNotAllowed
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from backend.accounts.models import Person
from backend.care.models import Patient
from backend.care.selectors import PatientContext, context_of_person

from .errors import Problem, not_found

Role = Person.Role
EVERYBODY = frozenset(Role)
STAFF = frozenset(Person.STAFF)
CLINICIANS = frozenset({Role.NURSE, Role.PRESCRIBER})
ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})
PATIENT = frozenset({Role.PATIENT})
_M = TypeVar("_M", bound=Model)


class OnlyTheseRoles(BasePermission):
    """Lets in the roles that the view's `roles` names for the method. A view that names none lets nobody in."""

    message = "Your role may not do this. Ask your clinic's administrator if you think it should."

    def has_permission(self, request: Request, view: Any) -> bool:
        """True for a signed-in person in one of the roles named for this method."""
        person = request.user
        if not (person and person.is_authenticated and person.is_active):
            return False
        roles = getattr(view, "roles", {})
        method = "GET" if request.method == "HEAD" else request.method
        if roles and method not in roles:
            raise MethodNotAllowed(str(request.method))
        return person.role in roles.get(method, frozenset())


class Anybody(BasePermission):
    """For the API's own description. Never for data."""

    def has_permission(self, request: Request, view: Any) -> bool:
        """True."""
        return True


def person_of(request: Request) -> Person:
    """Whoever is signed in. The permission has let them in, so it is a person."""
    return cast(Person, request.user)


def clinic_of(request: Request) -> UUID:
    """The clinic a member of staff works at; every query of theirs starts from it."""
    clinic = person_of(request).clinic_id
    if clinic is None:
        raise not_found()
    return clinic


def patient_of(request: Request) -> UUID:
    """The patient who is signed in. Raise 404 for a person who is none."""
    found = Patient.objects.filter(person=person_of(request)).values_list("pk", flat=True).first()
    if found is None:
        raise not_found()
    return found


def patient_in_care(request: Request) -> PatientContext:
    """Whoever is signed in. Raise 404 for a person who is no patient, 403 once care ended."""
    came = request.auth  # with a token
    context = came if isinstance(came, PatientContext) else context_of_person(person_of(request).pk)
    if context is None:
        raise not_found()
    if context.status != Patient.Status.ACTIVE:
        raise Problem(
            403, "care_ended", "This clinic takes no logs from you here any more. Call them if you are unwell."
        )
    return context


def one(queryset: QuerySet[_M], pk: Any) -> _M:
    """The row with this id, or 404: what is not yours and what is not there look the same."""
    found = queryset.filter(pk=pk).first()
    if found is None:
        raise not_found()
    return found
