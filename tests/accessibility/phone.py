"""A patient's phone whose screens are reached by address and by what the phone keeps, never by words.

So the same walk leads through every language. The phone is real and so is the server it signs in at; once it knows
who its patient is, the server goes out of reach, and what the phone keeps is written into its store by hand.
"""

import sys
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

from playwright.sync_api import Browser, Page, Route, expect

from backend.demo.people import MARIA, PASSWORD
from tests.demonstration import PATIENCE
from tests.faults.process import ROOT
from tests.faults.site import Site
from tests.faults.web import Person
from tests.home import HOME

TEXTS = ROOT / "frontend" / "src" / "texts"
LANGUAGES = [
    "en",
    *sorted(path.stem for path in TEXTS.glob("*.json") if path.stem != "en" and "clinic" not in path.stem),
]
WIDTH, HEIGHT = 360, 740

_STORE = """async ([act, room, value, key]) => {
  const opening = indexedDB.open("handhold");
  await new Promise((done, fail) => { opening.onsuccess = done; opening.onerror = fail; });
  const store = opening.result.transaction(room, "readwrite").objectStore(room);
  const asked = act === "put" ? (key ? store.put(value, key) : store.put(value))
    : act === "delete" ? store.delete(key) : act === "clear" ? store.clear() : store.getAll();
  await new Promise((done, fail) => { asked.onsuccess = done; asked.onerror = fail; });
  opening.result.close();
  return act === "all" ? asked.result : null;
}"""


class Phone:
    """Maria's phone, speaking one language."""

    def __init__(self, browser: Browser, site: Site, language: str = "en") -> None:
        self.site, self.language, self.reachable = site, language, True
        self.context = browser.new_context(
            viewport={"width": WIDTH, "height": HEIGHT},
            locale=language,
            timezone_id=str(HOME),
            has_touch=True,
            reduced_motion="reduce",
        )
        self.context.set_default_timeout(PATIENCE)
        self.context.add_init_script(f"localStorage.setItem('handhold.language', '{language}')")
        self.context.route("**/api/**", self._answer)
        self.page: Page = self.context.new_page()

    def close(self) -> None:
        self.context.close()

    @property
    def today(self) -> str:
        """The patient's calendar day."""
        return self.ago(0)

    def ago(self, days: int) -> str:
        return str(datetime.now(HOME).date() - timedelta(days=days))

    def speak(self) -> None:
        """Tell the server which language Maria reads: her advice and her letters come in it."""
        token = self.site.run(sys.executable, "manage.py", "token", MARIA.email).strip()
        maria = Person(MARIA.email, token, None)
        self.site.web.call("PATCH", "api/v1/me", maria, {"language": self.language})

    def open_first(self) -> None:
        """Open the page as on a phone that knows nobody."""
        self.page.goto(f"{self.site.web.address}/")
        expect(self.page.locator("input[type=password]")).to_be_visible()

    def sign_in(self, password: str = PASSWORD) -> None:
        self.page.locator("input[type=email]").fill(MARIA.email)
        self.page.locator("input[type=password]").fill(password)
        self.page.locator("form button[type=submit]").click()

    def open(self, *path: str) -> None:
        """Go to a screen by its address and wait until it is shown."""
        self._leave(lambda: self.page.evaluate("where => { location.hash = where }", "#/" + "/".join(path)))

    def lose_the_way(self) -> None:
        """Follow an address that leads nowhere: the phone shows Today and says so."""
        self.page.evaluate("location.hash = '#/nowhere'")

    def tap(self, selector: str) -> None:
        """Tap what is found first, without the moment in which what has just appeared takes no tap."""
        self.page.locator(selector).first.dispatch_event("click")

    def tap_away(self, selector: str) -> None:
        """Tap what leads to another screen, and wait for that screen."""
        self._leave(lambda: self.tap(selector))

    def see(self, selector: str) -> None:
        expect(self.page.locator(selector).first).to_be_visible()

    def keep(self, room: str, value: Any, key: str | None = None) -> None:
        """Write into a room of the phone's store, as another tab would, and let the screens see it."""
        self.page.evaluate(_STORE, ["put", room, value, key])
        self._tell()

    def forget(self, *rooms: str) -> None:
        """Empty rooms of the phone's store."""
        for room in rooms:
            self.page.evaluate(_STORE, ["clear", room, None, None])
        self._tell()

    def forget_today(self) -> None:
        """Nothing was ever logged or begun today."""
        self.forget("outbox", "drafts")
        for log in self.everything_in("logs"):
            if log["day"] == self.today:
                self.page.evaluate(_STORE, ["delete", "logs", None, log["id"]])
        self._tell()

    def everything_in(self, room: str) -> list[Any]:
        return list(self.page.evaluate(_STORE, ["all", room, None, None]))

    def begin(self, step: str, facts: dict[str, Any], *, day: str = "", **more: Any) -> None:
        """Open a question of the log with these answers given before. An open form is left first: it is kept there."""
        day = day or self.today
        self.open("log", self.ago(13), "doses")
        self.keep("drafts", self.draft(step, facts, day=day, **more))
        self.open("log", day, step)

    def draft(self, step: str, facts: dict[str, Any], *, day: str = "", **more: Any) -> dict[str, Any]:
        """A form begun, as the phone keeps it."""
        day = day or self.today
        kept = {"day": day, "facts": facts, "step": step, "corrects": None, "replaces": None}
        return {**kept, "begun_on": self.today, "version": 1, "saved_at": datetime.now(HOME).isoformat(), **more}

    def save(self, facts: dict[str, Any], *, day: str = "") -> str:
        """Answer everything, save, and come to the advice. Returns the id of the log, which waits on the phone."""
        self.forget("outbox", "drafts")
        self.begin("review", facts, day=day)
        self.tap_away(".foot .press.main")
        return str(self.page.evaluate("decodeURIComponent(location.hash.split('/')[2])"))

    def arrive(self, log_id: str, **team: Any) -> None:
        """What waits on the phone has reached the server, and this is what the team made of it."""
        [entry] = [one for one in self.everything_in("outbox") if one["id"] == log_id]
        self.forget("outbox")
        log = self.log(entry["log"], log_id=log_id, advice=entry["advice"], due=entry["due_at"], **team)
        rules = [{"id": rule} for rule in entry["log"]["shown"]["rules"]]
        self.keep("logs", {**log, "assessment": {**log["assessment"], "rules": rules}})

    def log(
        self, sent: dict[str, Any], *, log_id: str = "", advice: Any = None, due: str | None = None, **team: Any
    ) -> dict[str, Any]:
        """A log as the server would give it back: like one of Maria's own, with another day, facts and answer."""
        like = self.everything_in("logs")[-1]
        now = datetime.now(UTC)
        nobody = {"state": "waiting", "by": None, "at": None, "outcome": None, "next_step": None, "next_on": None}
        changes = {"id": log_id or str(uuid.uuid4()), "revision": 2, "corrects": None, "nurse_due_at": due}
        return {
            **like,
            **changes,
            "day": sent["day"],
            "facts": sent["facts"],
            "advice": advice or like["advice"],
            "received_at": (now - timedelta(minutes=4)).isoformat(),
            "team": {**nobody, "due_at": due, "called_at": None, "reached_at": None, **team},
        }

    def _tell(self) -> None:
        self.page.evaluate("new BroadcastChannel('handhold').postMessage('changed')")

    def _leave(self, act: Any) -> None:
        """Do what leads to another screen, and wait until that screen has a heading of its own."""
        self.page.evaluate("document.querySelector('h1')?.setAttribute('data-left', '')")
        act()
        self.page.wait_for_selector("main h1:not([data-left])", timeout=PATIENCE)

    def _answer(self, route: Route) -> None:
        if self.reachable:
            route.continue_()
        else:
            route.abort()
