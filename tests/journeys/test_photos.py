"""Photos of hands and feet on a real phone's browser: optional, never in the way, and never at the log's expense."""

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import FilePayload, Page, Route, expect

from tests.diary.pictures import SECRET, from_a_camera
from tests.faults.process import wait_until
from tests.faults.site import Site
from tests.journeys.conftest import DESK, PHONE, Seat
from tests.journeys.phone import answer, days_ago, in_store, logs_of, newcomer, open_address, ready
from tests.journeys.test_from_phone_to_nurse_and_back import heading, tap

Seats = Callable[..., Seat]
PIECE_BYTES = 256_000
HELD = """async () => {
  const open = indexedDB.open("handhold");
  await new Promise(done => { open.onsuccess = done });
  const all = open.result.transaction("photos").objectStore("photos").getAll();
  await new Promise(done => { all.onsuccess = done });
  open.result.close();
  return [...new Uint8Array(await all.result[0].picture.arrayBuffer())];
}"""


def from_the_camera(content: bytes, name: str = "IMG_0001.jpg", kind: str = "image/jpeg") -> FilePayload:
    return {"name": name, "mimeType": kind, "buffer": content}


@pytest.fixture(scope="module")
def large_photo() -> bytes:
    """As a camera writes it: on its side, with the place in it, and more than 256 kB also when made smaller."""
    return from_a_camera(size=(2400, 1800), grain=True)


def review(page: Page, day: str) -> Page:
    """Answer one question that asks for no call: the review comes next."""
    answer(page, day, "tired", "No more than usual")
    expect(page.get_by_role("heading", name="Photos, if you like")).to_be_visible()
    return page


def take(page: Page, file: FilePayload | Path, part: str = "hands", way: str = "Take a photo") -> None:
    """Three taps, the camera's own aside."""
    ask = page.get_by_role("button", name=f"Add a photo of your {part}")
    if ask.is_visible():
        ask.click()
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name=way).click()
    chooser.value.set_files(file if isinstance(file, Path) else [file])


def all_sent(page: Page) -> bool:
    page.wait_for_timeout(200)  # the page may still be writing
    return in_store(page, "photos") == []


def kept_files(site: Site) -> list[Path]:
    return [file for file in (site.folder / "photos").rglob("*") if file.is_file()]


def test_a_photo_taken_without_signal_goes_after_its_log_and_joan_sees_it(
    seat: Seats, clinic: Site, large_photo: bytes
) -> None:
    nora = newcomer(clinic, "nora")
    phone = seat(PHONE)
    page = ready(phone.sign_in(nora.email))
    before = set(kept_files(clinic))
    phone.context.set_offline(True)
    review(page, days_ago(0))
    take(page, from_the_camera(large_photo))
    expect(page.get_by_role("img", name="Your photo of your hands")).to_be_visible()
    expect(page.get_by_text("Goes with your log.")).to_be_visible()
    phone.picture("20-photo")
    held = bytes(page.evaluate(HELD))
    assert SECRET not in held, "where it was taken never leaves the camera's own file"
    assert Image.open(BytesIO(held)).size == (1200, 1600)
    tap(page, "Save my log")
    tap(page, "(Back to today|Done)", "link")
    expect(page.get_by_text("1 photo not sent")).to_be_visible()
    page.reload()
    expect(page.get_by_text("1 photo not sent")).to_be_visible()

    phone.context.set_offline(False)
    expect(page.get_by_text("1 photo not sent")).to_be_hidden()
    wait_until(lambda: all_sent(page), "the photo has left the phone")
    assert [photo["part"] for photo in logs_of(clinic, nora)[days_ago(0)]["photos"]] == ["hands"]
    (kept,) = set(kept_files(clinic)) - before
    assert SECRET not in kept.read_bytes()
    assert Image.open(BytesIO(kept.read_bytes())).size == (1200, 1600), "upright, and no longer than 1600 pixels"

    joan = seat(DESK)
    desk = joan.sign_in("joan@example.org", "clinic")
    expect(heading(desk)).to_have_text("Worklist")
    patient = clinic.web.call("GET", "api/v1/me", nora).body["patient"]["id"]
    open_address(desk, f"#/patients/{patient}")
    picture = desk.get_by_role("img", name=re.compile("^Hands on "))
    picture.scroll_into_view_if_needed()
    desk.wait_for_function("image => image.naturalWidth === 1200", arg=picture.element_handle())
    joan.picture("21-photo-of-the-nurse")


def test_an_upload_that_breaks_goes_on_where_it_stopped(seat: Seats, clinic: Site, large_photo: bytes) -> None:
    lena = newcomer(clinic, "lena")
    page = ready(seat(PHONE).sign_in(lena.email))
    asked: list[str] = []

    def breaks(route: Route) -> None:
        route.abort()

    page.on("request", lambda request: asked.append(request.url) if request.method == "PUT" else None)
    page.route(f"**/api/v1/photos/*offset={PIECE_BYTES}", breaks)
    review(page, days_ago(0))
    take(page, from_the_camera(large_photo), way="Choose a photo")
    expect(page.get_by_text("Goes with your log.")).to_be_visible()
    with page.expect_event("requestfailed", lambda request: request.url.endswith(f"offset={PIECE_BYTES}")):
        tap(page, "Save my log")
    assert days_ago(0) in logs_of(clinic, lena), "the log itself is sent"
    page.unroute(f"**/api/v1/photos/*offset={PIECE_BYTES}")
    page.reload()
    wait_until(lambda: all_sent(page), "the photo has left the phone")
    assert len([url for url in asked if url.endswith("?offset=0")]) == 1, "no byte was sent twice"
    assert logs_of(clinic, lena)[days_ago(0)]["photos"] != []


def test_what_is_no_photo_is_told_apart_and_the_log_goes_without_it(seat: Seats, clinic: Site, tmp_path: Path) -> None:
    otis = newcomer(clinic, "otis")
    page = review(ready(seat(PHONE).sign_in(otis.email)), days_ago(0))
    huge = tmp_path / "forty.jpg"
    huge.write_bytes(b"\xff\xd8\xff\xe0" + bytes(40_000_000))
    wrong: list[tuple[FilePayload | Path, str]] = [
        (huge, "too big to open here"),
        (from_the_camera(b"<script>I am a photo</script>"), "This photo did not open. Your log is kept."),
        (from_the_camera(b"\0\0\0\x18ftypheic\0\0\0\0", "IMG_1.HEIC", "image/heic"), "(HEIC) does not open here"),
    ]
    for file, words in wrong:
        take(page, file)
        expect(page.get_by_text(words)).to_be_visible()
    page.locator("input[capture]").dispatch_event("cancel")
    expect(page.get_by_text("If the camera did not open, allow it in your phone's settings.")).to_be_visible()
    tap(page, "Not now")
    tap(page, "Save my log")
    wait_until(lambda: days_ago(0) in logs_of(clinic, otis), "the log is sent")
    assert logs_of(clinic, otis)[days_ago(0)]["photos"] == []


def test_a_photo_the_server_refuses_says_so_and_can_be_tried_again_or_left(
    seat: Seats, clinic: Site, large_photo: bytes
) -> None:
    vera = newcomer(clinic, "vera")
    page = ready(seat(PHONE).sign_in(vera.email))

    def refuse(route: Route) -> None:
        problem = '{"status": 422, "code": "not_an_image", "detail": "", "fields": []}'
        route.fulfill(status=422, content_type="application/problem+json", body=problem)

    page.route("**/api/v1/photos/*", refuse)
    review(page, days_ago(0))
    for part in ("hands", "feet"):
        take(page, from_the_camera(large_photo), part)
        expect(page.get_by_role("img", name=f"Your photo of your {part}")).to_be_visible()
    tap(page, "Save my log")
    tap(page, "(Back to today|Done)", "link")
    told = page.get_by_text("This photo did not open. Your log is sent without it.")
    expect(told).to_have_count(2)
    assert days_ago(0) in logs_of(clinic, vera)
    page.unroute("**/api/v1/photos/*")
    page.get_by_role("button", name="Leave it").first.click()
    expect(told).to_have_count(1)
    tap(page, "Try another")
    take(page, from_the_camera(large_photo), "feet")
    expect(told).to_have_count(0)
    wait_until(lambda: all_sent(page), "the other photo has left the phone")
    assert [photo["part"] for photo in logs_of(clinic, vera)[days_ago(0)]["photos"]] == ["feet"]


def test_a_phone_without_room_keeps_the_log_and_says_that_the_photo_stays_out(
    seat: Seats, clinic: Site, large_photo: bytes
) -> None:
    igor = newcomer(clinic, "igor")
    page = review(ready(seat(PHONE).sign_in(igor.email)), days_ago(0))
    page.evaluate(
        """() => {
             const put = IDBObjectStore.prototype.put;
             IDBObjectStore.prototype.put = function (...given) {
               if (this.name === "photos") throw new DOMException("full", "QuotaExceededError");
               return put.apply(this, given);
             };
           }"""
    )
    take(page, from_the_camera(large_photo))
    expect(page.get_by_text("This phone has no room for the photo. Your log goes without it.")).to_be_visible()
    tap(page, "Not now")
    tap(page, "Save my log")
    wait_until(lambda: days_ago(0) in logs_of(clinic, igor), "the log is sent")


def test_a_photo_is_looked_at_taken_again_and_removed_before_anything_is_sent(
    seat: Seats, clinic: Site, large_photo: bytes
) -> None:
    rita = newcomer(clinic, "rita")
    page = review(ready(seat(PHONE).sign_in(rita.email)), days_ago(0))
    take(page, from_the_camera(large_photo), "feet")
    tap(page, "Take another")
    take(page, from_the_camera(b"no photo"), "feet")
    expect(page.get_by_text("This photo did not open.")).to_be_visible()
    expect(page.get_by_role("img", name="Your photo of your feet")).to_have_count(1)
    take(page, from_the_camera(large_photo), "feet")
    expect(page.get_by_role("button", name="Not now")).to_be_hidden()
    expect(page.get_by_role("img", name="Your photo of your feet")).to_have_count(1)
    tap(page, "Remove")
    expect(page.get_by_role("img", name="Your photo of your feet")).to_be_hidden()
    assert in_store(page, "photos") == []


def test_signing_out_wipes_photos_that_were_not_sent(seat: Seats, clinic: Site, large_photo: bytes) -> None:
    pilu = newcomer(clinic, "pilu")
    page = review(ready(seat(PHONE).sign_in(pilu.email)), days_ago(0))
    take(page, from_the_camera(large_photo))
    expect(page.get_by_text("Goes with your log.")).to_be_visible()
    assert len(in_store(page, "photos")) == 1
    open_address(page, "#/more")
    tap(page, "Sign out")
    tap(page, "Remove and sign out")
    expect(page.get_by_label("E-mail")).to_be_visible()
    assert in_store(page, "photos") == []
