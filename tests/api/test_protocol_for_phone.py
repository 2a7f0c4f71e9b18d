"""A phone downloads the protocol without what only nurses and programs read; whoever asks as before gets it whole."""

import pytest

from tests.conftest import client_of

pytestmark = pytest.mark.django_db
WHOLE, PHONE = "/api/v1/protocol", "/api/v1/protocol?for=phone"


def test_a_phone_gets_every_rule_by_its_id_and_no_word_for_nurses(maria):
    api = client_of(maria.person)
    whole, phone = api.get(WHOLE).json(), api.get(PHONE).json()
    for name in ("id", "version", "drug", "grading", "facts", "conditions"):
        assert phone["protocol"][name] == whole["protocol"][name]
    of_rules = [[rule["id"], rule["when"], rule["urgency"], rule["advice"]] for rule in phone["protocol"]["rules"]]
    assert of_rules == [
        [rule["id"], rule["when"], rule["urgency"], rule["advice"]] for rule in whole["protocol"]["rules"]
    ]
    assert {"explain", "reasons", "summaries", "nurse_choices"} <= whole["texts"].keys() - phone["texts"].keys()
    assert all("nurse" not in words for words in phone["texts"]["signs"].values())


def test_the_words_for_other_drugs_stay_with_the_server(maria):
    texts = client_of(maria.person).get(PHONE).content.decode()
    assert "With regorafenib, your doctor looks at the plan" not in texts
    assert "sorafenib often causes it in the first weeks." in texts


def test_each_document_has_an_etag_of_its_own(maria):
    api = client_of(maria.person)
    whole, phone = api.get(WHOLE), api.get(PHONE)
    assert whole["ETag"] != phone["ETag"]
    assert api.get(PHONE, HTTP_IF_NONE_MATCH=phone["ETag"]).status_code == 304
    assert api.get(PHONE, HTTP_IF_NONE_MATCH=whole["ETag"]).status_code == 200


def test_it_is_made_for_phones_alone(maria):
    answer = client_of(maria.person).get("/api/v1/protocol?for=watch")
    assert answer.status_code == 422
    assert "Send phone" in answer.content.decode()
