"""A phone speaks its patient's language: chosen with one tap, kept by the server, and spoken without signal too."""

import sys
from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

from backend.demo.people import PASSWORD
from tests.faults.site import Site
from tests.journeys.conftest import PHONE, Seat
from tests.journeys.phone import answer, days_ago, newcomer, open_address, ready, save
from tests.journeys.test_from_phone_to_nurse_and_back import heading, tap

Seats = Callable[..., Seat]
SPANISH, CHINESE = "Español", "简体中文"


def language_of(clinic: Site, email: str) -> Any:
    """The language the server knows a patient by."""
    code = "from backend.care.models import Patient; import sys; sys.stdout.write(Patient.objects.get"
    return clinic.run(sys.executable, "manage.py", "shell", "-v0", "-c", f'{code}(person__email="{email}").language)')


def test_a_language_chosen_without_signal_is_spoken_at_once_and_the_server_learns_it_later(
    seat: Seats, clinic: Site
) -> None:
    newcomer(clinic, "paloma")
    mine = seat(PHONE)
    page = mine.sign_in("paloma@example.org")
    ready(page)

    mine.context.set_offline(True)
    open_address(page, "#/more")
    tap(page, SPANISH)
    expect(heading(page)).to_have_text("Más")
    expect(page.get_by_text("Los consejos llegan en este idioma cuando haya señal.")).to_be_visible()
    assert page.locator("html").get_attribute("lang") == "es"
    assert language_of(clinic, "paloma@example.org") == "en"

    page.reload()  # still without signal
    expect(heading(page)).to_have_text("Más")
    open_address(page, "#/")
    expect(page.get_by_role("link", name="Registrar hoy")).to_be_visible()
    expect(page.get_by_text("Hoy es ")).to_be_visible()

    mine.context.set_offline(False)
    open_address(page, "#/more")
    expect(page.get_by_text("Los consejos llegan en este idioma")).to_be_hidden()
    assert language_of(clinic, "paloma@example.org") == "es"


def test_the_advice_comes_in_the_patients_language_and_stays_without_signal(seat: Seats, clinic: Site) -> None:
    newcomer(clinic, "lihua")
    mine = seat(PHONE)
    page = mine.sign_in("lihua@example.org")
    ready(page)
    open_address(page, "#/more")
    tap(page, CHINESE)
    expect(heading(page)).to_have_text("更多")
    expect(page.get_by_text("建议也会换成这种语言")).to_be_hidden()

    mine.context.set_offline(True)
    page.reload()
    open_address(page, f"#/log/{days_ago(0)}/tired/change")
    tap(page, "是，休息后也不见好")
    tap(page, "照顾自己")
    tap(page, "保存我的记录")
    expect(heading(page)).to_have_text("现在就打电话给您的团队。")
    expect(page.get_by_text("您疲倦得连照顾自己都困难。")).to_be_visible()


def test_before_anybody_signs_in_the_browser_is_asked_and_then_the_patients_own_language_counts(
    seat: Seats, clinic: Site
) -> None:
    newcomer(clinic, "pilar")
    mine = seat(PHONE)
    mine.page.add_init_script("Object.defineProperty(navigator, 'languages', { get: () => ['es-MX', 'en'] })")
    mine.page.goto(mine.address(""))
    expect(heading(mine.page)).to_have_text("Iniciar sesión")
    mine.page.locator("input[type=email]").fill("pilar@example.org")
    mine.page.locator("input[type=password]").fill(PASSWORD)
    expect(mine.page.get_by_role("button", name=SPANISH)).to_have_attribute("aria-pressed", "true")
    mine.page.get_by_role("button", name="Iniciar sesión").click()
    expect(mine.page.get_by_role("link", name="Log today")).to_be_visible()
    assert mine.page.locator("html").get_attribute("lang") == "en"


THE_BROWSER_TRANSLATES = """() => {
  const texts = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) texts.push(walk.currentNode);
  for (const text of texts.filter(one => one.data.trim() && !one.parentElement.closest("[translate=no], font"))) {
    const [outer, inner] = [document.createElement("font"), document.createElement("font")];
    inner.textContent = text.data;
    outer.append(inner);
    text.replaceWith(outer);
  }
}"""
"""What a browser's own translation does to a page, without other words."""


def test_on_a_page_that_the_browser_translates_the_count_the_timer_and_the_state_stay_true(
    seat: Seats, clinic: Site
) -> None:
    newcomer(clinic, "renee")
    mine = seat(PHONE)
    phone = ready(mine.sign_in("renee@example.org"))
    mine.context.set_offline(True)
    open_address(phone, f"#/log/{days_ago(0)}/stools")
    for count in range(1, 6):
        expect(heading(phone)).to_contain_text("poop")
        phone.evaluate(THE_BROWSER_TRANSLATES)
        tap(phone, "One more")
        expect(phone.locator(".counter output")).to_have_text(str(count))

    open_address(phone, f"#/log/{days_ago(0)}/pressure")
    phone.get_by_label("Top number").fill("151")
    phone.get_by_label("Bottom number").fill("95")
    tap(phone, "Next")
    left = phone.locator(".timer .left")
    expect(left).to_be_visible()
    phone.evaluate(THE_BROWSER_TRANSLATES)
    before = left.inner_text()
    expect(left).not_to_have_text(before)

    answer(phone, days_ago(0), "tired", "No more than usual")
    save(phone)
    open_address(phone, "#/")
    unsent = phone.get_by_text("1 not sent")
    expect(unsent).to_be_visible()
    phone.evaluate(THE_BROWSER_TRANSLATES)
    mine.context.set_offline(False)
    expect(unsent).to_be_hidden()
    expect(phone.get_by_text("Not sent", exact=True)).to_be_hidden()
