"""Which protocol version a clinic uses, and how it moves on."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from backend.care.adoption import AdoptionRefused, adopt
from backend.care.models import ProtocolAdoption
from backend.care.selectors import adopted_version, context_of
from backend.demo.services import load_demo
from backend.protocol import load
from tests.conftest import NOON

MARCH = NOON - timedelta(days=60)


def test_a_clinic_moves_on_to_the_next_version_and_the_one_before_stays_on_record(maria, riverside, ada):
    adopt(drug="sorafenib", version=2, by=ada, now=MARCH)
    assert context_of(maria.pk).version == 2
    adopt(drug="sorafenib", version=3, by=ada, now=NOON)
    assert context_of(maria.pk).version == 3
    versions = ProtocolAdoption.objects.filter(clinic=riverside).order_by("version")
    assert [(one.version, one.adopted_at, one.replaced_at) for one in versions] == [(2, MARCH, NOON), (3, NOON, None)]


def test_adopting_a_version_twice_changes_nothing(riverside, ada):
    first = adopt(drug="sorafenib", version=3, by=ada, now=MARCH)
    assert adopt(drug="sorafenib", version=3, by=ada, now=NOON) == first
    assert ProtocolAdoption.objects.get(clinic=riverside).adopted_at == MARCH


def test_a_clinic_never_goes_back_to_a_version_that_does_not_know_its_logs(riverside, ada):
    adopt(drug="sorafenib", version=3, by=ada, now=MARCH)
    with pytest.raises(AdoptionRefused, match="Release a higher version"):
        adopt(drug="sorafenib", version=2, by=ada, now=NOON)
    assert adopted_version(riverside.pk, "sorafenib") == 3


def test_only_an_administrator_adopts_and_only_for_the_own_clinic(riverside, hillside, joan, ada):
    with pytest.raises(AdoptionRefused, match="no administrator"):
        adopt(drug="sorafenib", version=3, by=joan, now=NOON)
    adopt(drug="sorafenib", version=3, by=ada, now=NOON)
    assert adopted_version(hillside.pk, "sorafenib") is None


def test_the_command_says_what_was_adopted_or_why_not(ada, capsys):
    call_command("adopt_protocol", "sorafenib", "3", by="ADA@example.org")
    assert "uses sorafenib 3" in capsys.readouterr().out
    with pytest.raises(CommandError, match="does not exist"):
        call_command("adopt_protocol", "sorafenib", "99", by=ada.email)
    with pytest.raises(CommandError, match="Nobody active"):
        call_command("adopt_protocol", "sorafenib", "3", by="nobody@example.org")


def test_a_demonstration_made_with_an_older_version_adopts_the_newest_when_it_starts(riverside, ada):
    adopt(drug="sorafenib", version=2, by=ada, now=MARCH)
    assert load_demo(now=NOON) is False
    assert adopted_version(riverside.pk, "sorafenib") == load.newest("sorafenib").version
