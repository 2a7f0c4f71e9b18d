"""Of the sign-in libraries only the flows that our pages use are served. Everything else is not there."""

from collections.abc import Iterator

import pytest
from allauth.headless.constants import Client as Kind
from allauth.headless.urls import build_urlpatterns
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, include, path
from django.urls.resolvers import RegexPattern, RoutePattern

SERVED = {
    "auth/session": {"GET", "DELETE"},
    "auth/login": {"POST"},
    "auth/password/request": {"POST"},
    "auth/password/reset": {"GET", "POST"},
    "account/password/change": {"POST"},
}
NOT_SERVED = {
    "config", "account/email", "account/phone", "auth/reauthenticate", "auth/code/confirm", "auth/signup",
    "auth/email/verify", "auth/email/verify/resend", "auth/phone/verify", "auth/phone/verify/resend",
}  # fmt: skip
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
OTHER_LIBRARIES = ("allauth.account.urls", "knox.urls", "django.contrib.auth.urls")


def addresses(patterns, before="") -> Iterator[str]:
    """Every address below these patterns, without converters' values."""
    for one in patterns:
        assert isinstance(one.pattern, (RoutePattern, RegexPattern))
        here = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from addresses(one.url_patterns, here)
        else:
            assert isinstance(one, URLPattern)
            yield here


def of_library(kind: Kind) -> set[str]:
    return {address.removeprefix("v1/") for address in addresses(build_urlpatterns(kind))}


@pytest.fixture
def open_session(joan):
    """A page that Joan left open."""
    browser = Client()
    browser.force_login(joan)
    return browser


def test_every_route_of_the_library_is_listed_here_as_served_or_not():
    assert of_library(Kind.BROWSER) == {*SERVED, *NOT_SERVED}


def test_only_sign_in_sign_out_session_and_password_are_served():
    ours = [one for one in get_resolver().url_patterns if str(one.pattern) == "_allauth/"]
    assert set(addresses(ours)) == {f"_allauth/browser/v1/{address}" for address in SERVED}


@pytest.mark.parametrize("address", sorted(of_library(Kind.BROWSER) | of_library(Kind.APP)))
@pytest.mark.parametrize("kind", ["browser", "app"])
def test_a_route_that_is_not_used_is_not_there(kind, address, open_session):
    if kind == "browser" and address in SERVED:
        return
    for method in METHODS:
        answer = open_session.generic(method, f"/_allauth/{kind}/v1/{address}", b"{}", "application/json")
        assert answer.status_code == 404, f"{method}: {answer.status_code}"


@pytest.mark.parametrize("module", OTHER_LIBRARIES)
def test_no_other_way_in_of_the_libraries_is_there(module, open_session):
    found = set(addresses([path("", include(module))]))
    assert found
    for address in found:
        for before in ("", "accounts/", "api/v1/", "api/v1/auth/", "_allauth/"):
            if before == "" and address == "":
                continue
            answer = open_session.get("/" + before + address.replace("^", "").replace("$", ""))
            assert answer.status_code == 404, before + address


@pytest.mark.parametrize("address", ["/admin/", "/admin/login/", "/accounts/", "/api-auth/login/"])
def test_there_is_no_administration_page(address, open_session):
    assert open_session.get(address).status_code == 404


@pytest.mark.parametrize("method", ["POST", "PATCH", "PUT", "DELETE"])
def test_an_open_session_cannot_claim_a_colleagues_address(method, open_session, priya):
    from allauth.account.models import EmailAddress

    body = f'{{"email": "{priya.email}", "primary": true}}'
    open_session.raise_request_exception = False
    answer = open_session.generic(method, "/_allauth/browser/v1/account/email", body, "application/json")
    assert answer.status_code == 404
    assert not EmailAddress.objects.exists()
