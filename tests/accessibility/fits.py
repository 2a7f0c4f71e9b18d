"""What does not fit on a small screen: words cut by their own button, and what has just appeared out of view."""

from playwright.sync_api import Page

REVEALED = {
    "more-sign-out": ".note[role=alert]",
    "photo-asked": ".photo-question .stack",
    "advice-cannot-wait": ".can-wait a.press",
    "follow-up-not-yet": ".follow-up [role=status] .stack",
}
"""Screens on which a tap has just shown something below what was tapped, and what that is."""


def cut_words(page: Page) -> list[str]:
    """Words that reach beyond the button, the link or the top line they are in."""
    found: list[str] = page.evaluate(
        """() => {
             const range = document.createRange(), box = one => one.getBoundingClientRect();
             const boxes = [...document.querySelectorAll("button, a.press, .grab a, .top, .call")]
               .filter(one => one.checkVisibility() && one.innerText.trim() && !one.closest(".away"));
             const beyond = one => {
               const { left, right, top, bottom } = box(one);
               range.selectNodeContents(one);
               return [...range.getClientRects()].some(line => line.width > 0
                 && (line.left < left - 1 || line.right > right + 1 || line.top < top - 1 || line.bottom > bottom + 1));
             };
             return boxes.filter(beyond).map(one => `cut: ${one.innerText.replaceAll("\\n", " ")}`);
           }"""
    )
    return found


def out_of_view(page: Page, screen: str) -> list[str]:
    """What a tap has just shown, where it is not on the screen, or lies under what stays at its foot."""
    if screen not in REVEALED:
        return []
    found: list[str] = page.evaluate(
        """async shown => {
             const drawn = () => new Promise(done => requestAnimationFrame(() => setTimeout(done)));
             await drawn();
             await drawn(); // what has just appeared is brought into view after the first
             const bottom = document.querySelector(".bottom"), stays = getComputedStyle(bottom).position === "sticky";
             const foot = stays ? bottom.getBoundingClientRect().top : innerHeight;
             return [...document.querySelectorAll(`${shown} :is(a, button), ${shown}:is(a, button)`)]
               .map(one => [one.innerText, one.getBoundingClientRect()])
               .filter(([, { top, bottom }]) => top < 0 || bottom > foot + 1)
               .map(([words, { top, bottom }]) => `"${words}" is at ${top} to ${bottom} of ${foot}`);
           }""",
        REVEALED[screen],
    )
    return found
