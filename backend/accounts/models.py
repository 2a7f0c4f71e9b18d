import uuid
from collections.abc import Iterable
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from knox.models import AbstractAuthToken

from .search_text import search_text


class PersonManager(BaseUserManager["Person"]):
    """Makes people; sign-in is by e-mail address, in any case."""

    def create_user(self, email: str, password: str | None = None, **fields: object) -> "Person":
        person = self.model(email=self.normalize_email(email), **fields)
        person.set_password(password)
        person.save()
        return person

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(email__iexact=username)


class Person(AbstractBaseUser):  # type: ignore[django-manager-missing] # knox has no types
    """Somebody who can sign in, in exactly one role.

    Example: Joan Keller, nurse of Riverside Oncology.
    """

    class Role(models.TextChoices):
        PATIENT = "patient"
        CAREGIVER = "caregiver"
        NURSE = "nurse"
        PRESCRIBER = "prescriber"
        ADMINISTRATOR = "administrator", "clinic administrator"

    STAFF = (Role.NURSE, Role.PRESCRIBER, Role.ADMINISTRATOR)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120, help_text="As the others read it: Joan Keller, Dr. Chidi Okafor.")
    given_name = models.CharField(max_length=60, help_text="As a patient reads it: Joan, Dr. Okafor.")
    role = models.CharField(max_length=20, choices=Role)
    clinic = models.ForeignKey("care.Clinic", null=True, blank=True, on_delete=models.PROTECT, related_name="staff")
    search = models.TextField(editable=False, db_default="", help_text="The name as search_text.py writes it.")
    phone = models.CharField(max_length=30, blank=True)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name", "role"]
    objects = PersonManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="one_person_per_email"),
            models.CheckConstraint(
                condition=Q(role__in=["patient", "caregiver"]) | Q(clinic__isnull=False),
                name="staff_belong_to_a_clinic",
            ),
        ]
        indexes = [GinIndex(fields=["search"], opclasses=["gin_trgm_ops"], name="people_by_name")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        """Save, and let the person be found by this name."""
        self.search = search_text(self.name)
        if update_fields is not None and "name" in update_fields:
            update_fields = {*update_fields, "search"}
        super().save(*args, update_fields=update_fields, **kwargs)

    @property
    def is_staff_member(self) -> bool:
        """True for people who work at a clinic."""
        return self.role in self.STAFF


class PasswordRequest(models.Model):
    """Somebody asked for a link to set a new password. Whether anybody has this address is looked up when it is sent.

    The row goes once the link is sent, or nobody has the address.

    Example: maria@example.org, asked at 10:02, second try at 10:03.
    """

    email = models.EmailField()
    asked_at = models.DateTimeField()
    next_attempt_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["next_attempt_at"], name="waiting_password_requests")]

    def __str__(self) -> str:
        return str(self.pk)


class Token(AbstractAuthToken):
    """With it another app acts as one person until it expires, is ended, or the password changes.

    Only a digest is kept. knox reads and makes the rows (KNOX_TOKEN_MODEL).

    Example: "Hospital record", Joan's, made on 29 Nov, good until 27 Feb.
    """

    id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False, help_text="By which it is ended.")
    name = models.CharField(max_length=60, help_text="What uses it: Hospital record.")
    expiry = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="tokens_have_a_name")]

    def __str__(self) -> str:
        return self.name
