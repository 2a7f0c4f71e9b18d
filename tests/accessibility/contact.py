"""A screen that asks for a call: its call button is directly under the band, and stays on the screen wherever it is
scrolled. Looked at on small phones, with letters of twice the size, and on a phone on its side."""

from playwright.sync_api import Page

SIZES = [
    (360, 740, "100%"),
    (360, 560, "100%"),
    (320, 568, "100%"),
    (320, 640, "100%"),
    (360, 740, "200%"),
    (320, 568, "200%"),
    (740, 360, "100%"),
    (740, 360, "200%"),
]
SAVED_OFFLINE = {"advice-contact-24h", "advice-contact-today", "emergency"}
"""Screens of a log that waits on the phone: their band says that the team does not know yet."""


def call_button(page: Page, screen: str) -> list[str]:
    """What is wrong with the call button of this screen, at each size; nothing where no call is asked for."""
    if not page.locator(".band.contact-24h, .band.contact-today, .all-red, .call-now").count():
        return []
    if not page.locator(".call-now").count():
        return ["there is no call button under the band"]
    found = []
    for width, height, letters in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate("size => { document.documentElement.style.fontSize = size }", letters)
        problems = page.evaluate(_LOOK, screen in SAVED_OFFLINE)
        found += [f"{letters} letters at {width} x {height}: {' '.join(one.split())}" for one in problems]
    page.evaluate("document.documentElement.style.fontSize = ''")
    return found


_LOOK = """async unsent => {
  const found = [], box = one => one.getBoundingClientRect();
  const drawn = () => new Promise(done => requestAnimationFrame(() => setTimeout(done)));
  const call = document.querySelector(".call-now"), bottom = document.querySelector(".bottom");
  const foot = () => getComputedStyle(bottom).position === "sticky" ? box(bottom).top : innerHeight;
  const meets = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
    && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1;
  const lines = one => { const range = document.createRange(); range.selectNodeContents(one);
    return [...range.getClientRects()]; };
  const covered = (one, name) => lines(one).filter(line => meets(line, box(call)) || line.bottom > foot() + 1)
    .slice(0, 1).forEach(() => found.push(`${name} is covered: "${one.innerText}"`));
  const present = when => {
    const { top, bottom, left, right } = box(call);
    if (top < 0 || bottom > foot() + 1 || left < 0 || right > innerWidth)
      found.push(`${when}, the button is from ${top} to ${bottom}`);
    const link = call.querySelector("a"), { x, y, width, height } = box(link);
    if (!link.contains(document.elementFromPoint(x + width / 2, y + height / 2)))
      found.push(`${when}, something lies on the button`);
  };
  const to = place => scrollTo(0, place);
  await drawn(); to(0);
  if (!call.previousElementSibling?.matches(".band, .head-only")) found.push("the button is not under the band");
  const natural = Math.abs(box(call).top - box(call.previousElementSibling).bottom) < 1.5;
  const waits = Math.abs(box(call).bottom - foot()) < 1.5;
  if (!natural && !waits) found.push("the button is neither under the band nor at the foot");
  if (box(call).height > 0.45 * foot()) found.push("the button takes half of the screen");
  present("at the start");
  covered(document.querySelector("h1"), "the heading");
  const said = document.querySelector(".unsent");
  if (unsent && !said) found.push("the band does not say that it is not sent");
  if (said) covered(said, "what was not sent");
  to(document.documentElement.scrollHeight);
  present("at the end");
  const words = [...document.querySelectorAll(".page p, .page li, .page a, .page button")]
    .filter(one => one.checkVisibility() && one.innerText.trim());
  covered(words.at(-1), "the last line");
  for (const one of document.querySelectorAll("main a[href], main button, .bottom a, .top a, .top button")) {
    one.focus();
    if (call.contains(one)) continue;
    if (meets(box(one), box(call))) found.push(`the button covers the focus on "${one.innerText}"`);
    if (!bottom.contains(one) && box(one).bottom > foot() + 1) found.push(`the foot covers "${one.innerText}"`);
  }
  document.activeElement.blur(); to(0);
  return found;
}"""
