"""Tokens for other apps have a name and an end, are listed, and belong to one person alone."""

import uuid
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError
from django.utils import timezone

from backend.accounts.models import Token
from backend.accounts.services import make_token, remove_what_is_over
from tests.conftest import client_of

TOKENS = "/api/v1/me/tokens"


def command(*words):
    out, err = StringIO(), StringIO()
    call_command("token", *words, stdout=out, stderr=err)
    return out.getvalue().strip(), err.getvalue().strip()


@pytest.fixture
def hospital_record(joan):
    return make_token(person=joan, name="Hospital record", lasts=timedelta(days=30))


def test_joan_sees_what_uses_her_tokens_and_until_when(joan, hospital_record):
    listed = client_of(joan).get(TOKENS).json()["results"]
    assert [one["name"] for one in listed] == ["tests", "Hospital record"]
    assert listed[1]["id"] == str(hospital_record[0].id)
    assert listed[1]["expires_at"].startswith(f"{timezone.now() + timedelta(days=30):%Y-%m-%d}")


def test_no_list_shows_a_token_or_its_digest(joan, hospital_record):
    row, token = hospital_record
    shown = client_of(joan).get(TOKENS).content.decode()
    assert token not in shown
    assert row.digest not in shown
    assert row.token_key not in shown


def test_a_token_that_joan_ends_is_refused_at_the_next_request(joan, hospital_record, client):
    row, token = hospital_record
    header = {"Authorization": f"Bearer {token}"}
    assert client.get("/api/v1/me", headers=header).status_code == 200
    assert client_of(joan).delete(f"{TOKENS}/{row.id}").status_code == 204
    assert client.get("/api/v1/me", headers=header).status_code == 401
    assert client_of(joan).delete(f"{TOKENS}/{row.id}").status_code == 404


def test_oscar_neither_sees_nor_ends_joans_tokens(joan, oscar, hospital_record):
    row, _ = hospital_record
    assert [one["name"] for one in client_of(oscar).get(TOKENS).json()["results"]] == ["tests"]
    hers = client_of(oscar).delete(f"{TOKENS}/{row.id}")
    nobodys = client_of(oscar).delete(f"{TOKENS}/{uuid.uuid4()}")
    assert (hers.status_code, hers.content) == (nobodys.status_code, nobodys.content)
    assert hers.status_code == 404
    assert Token.objects.filter(pk=row.pk).exists()


def test_a_token_is_refused_once_its_days_are_over(joan, hospital_record, client):
    row, token = hospital_record
    Token.objects.filter(pk=row.pk).update(expiry=timezone.now())
    assert client.get("/api/v1/me", headers={"Authorization": f"Bearer {token}"}).status_code == 401
    assert [one["name"] for one in client_of(joan).get(TOKENS).json()["results"]] == ["tests"]
    remove_what_is_over(now=timezone.now())
    assert not Token.objects.filter(pk=row.pk).exists()


def test_the_database_keeps_no_token_without_a_name(joan):
    with pytest.raises(IntegrityError):
        Token.objects.create(user=joan, name="", expiry=timedelta(days=1))


def test_the_database_keeps_no_token_without_an_end(joan):
    with pytest.raises(IntegrityError):
        Token.objects.create(user=joan, name="Hospital record", expiry=None)


def test_the_command_makes_a_token_with_name_and_days_and_lists_it(joan, client):
    token, _ = command("joan@example.org", "--name", "Hospital record", "--days", "7")
    assert client.get("/api/v1/me", headers={"Authorization": f"Bearer {token}"}).status_code == 200
    listed, _ = command("joan@example.org", "--list")
    assert listed.endswith("Hospital record")
    assert f"until {timezone.now() + timedelta(days=7):%Y-%m-%d}" in listed
    assert token not in listed


def test_without_more_words_a_token_is_good_for_ninety_days(joan):
    command("joan@example.org")
    row = Token.objects.get()
    assert row.name == "Command line"
    assert abs(row.expiry - row.created - timedelta(days=90)) < timedelta(minutes=1)


@pytest.mark.parametrize("words", [("--days", "0"), ("--days", "367"), ("--name", " "), ("--name", "x" * 61)])
def test_the_command_says_what_is_wrong(joan, words):
    with pytest.raises(CommandError):
        command("joan@example.org", *words)
    assert not Token.objects.exists()


def test_the_command_ends_all_tokens_of_one_person(joan, oscar):
    client_of(joan), client_of(joan), client_of(oscar)
    assert command("joan@example.org", "--revoke")[1] == "2 token(s) revoked."
    assert [row.user for row in Token.objects.all()] == [oscar]
