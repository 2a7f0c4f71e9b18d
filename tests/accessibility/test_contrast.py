"""The judge of contrast finds what axe-core leaves open; axe judges again what differs in more than its words."""

import pytest
from playwright.sync_api import Browser

from tests.accessibility import look
from tests.accessibility.contrast import low_contrast

ARROW = "linear-gradient(45deg, transparent 50%, currentColor 50%) right center / 6px 6px no-repeat"
PALE = "#999"
DARK = "#222"


def found(chromium: Browser, body: str) -> list[str]:
    page = chromium.new_page()
    try:
        page.set_content(f'<body style="background: #fff">{body}</body>')
        return low_contrast(page, ["#one"] if 'id="one"' in body else [])
    finally:
        page.close()


@pytest.mark.parametrize(
    "body",
    [
        '<p id="one" style="color: {ink}">7</p>',
        '<p id="one" style="color: {ink}; background: linear-gradient(#fff, #eee)">words</p>',
        f'<p id="one" style="color: {{ink}}; background: {ARROW} #fff">beside an arrow</p>',
        '<p id="one" style="color: #000; opacity: {clear}">+</p>',
        "<style>input::placeholder {{ color: {ink} }}</style><input placeholder='words'>",
        '<style>p::before {{ content: "words"; color: {ink} }}</style><p></p>',
    ],
    ids=["a digit", "on a gradient", "beside an arrow", "a half clear sign", "a placeholder", "written by ::before"],
)
def test_what_axe_leaves_open_is_judged_by_its_computed_colors(chromium, body):
    assert found(chromium, body.format(ink=PALE, clear=0.3))
    assert found(chromium, body.format(ink=DARK, clear=1)) == []


@pytest.mark.parametrize(
    ("changed", "is_judged_again"),
    [
        ('<button class="press" aria-label="Guardar">Guardar</button>', False),
        ('<button class="press" aria-label="">Save</button>', True),
        ('<button class="press" aria-label="Save"></button>', True),
        ('<button class="quiet" aria-label="Save">Save</button>', True),
        ('<button class="press" aria-label="Save" aria-pressed="true">Save</button>', True),
    ],
    ids=["other words", "no label", "no words", "another style", "another state"],
)
def test_axe_judges_again_whatever_differs_in_more_than_its_words(chromium, changed, is_judged_again):
    page = chromium.new_page()
    try:
        page.set_content('<button class="press" aria-label="Save">Save</button>')
        judged = look.shape(page)
        page.set_content(changed)
        assert (look.shape(page) != judged) is is_judged_again
    finally:
        page.close()
