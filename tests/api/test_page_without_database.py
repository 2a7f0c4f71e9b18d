"""The patient's page while the database is away: pytest lets no test without a mark reach it."""

from django.test import Client


def test_the_page_is_there_while_the_database_is_not():
    phone = Client()
    phone.cookies["sessionid"] = "of-somebody"
    page = phone.get("/")
    assert page.status_code == 200
    assert page["Cache-Control"] == "no-cache"
    assert b'<div id="app">' in page.content
