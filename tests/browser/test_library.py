"""The photo library in a browser: results while typing, files dropped on the page, the focal point by click."""

import base64

import pytest
from playwright.sync_api import expect

from media.models import Photo
from tests.factories import PhotoFactory, jpeg

pytestmark = pytest.mark.once
DROP = """([name, data]) => {
    const files = new DataTransfer();
    files.items.add(new File([Uint8Array.from(atob(data), c => c.charCodeAt(0))], name, {type: "image/jpeg"}));
    document.body.dispatchEvent(new DragEvent("drop", {dataTransfer: files, bubbles: true, cancelable: true}));
}"""


@pytest.fixture
def desk(page, sign_in, administrator, complaints):
    complaints.expected += ["status of 422", "status of 409"]
    return sign_in(page, administrator)


def drop(page, name, content):
    page.evaluate(DROP, [name, base64.b64encode(content).decode()])


def test_results_come_while_typing_and_go_into_the_address(desk):
    PhotoFactory(title="The old quay")
    PhotoFactory(title="A stadium")
    desk.goto("/admin/media/photo/")
    expect(desk.locator(".library__photo")).to_have_count(2)
    desk.locator("#searchbar").press_sequentially("quay")
    expect(desk.locator(".library__photo")).to_have_count(1)
    assert "q=quay" in desk.url


def test_dropped_files_are_taken_or_refused_one_by_one(desk):
    desk.goto("/admin/media/photo/")
    drop(desk, "quay.jpg", jpeg(colour="#446688"))
    lines = desk.locator(".library-upload__list li")
    expect(lines.first).to_contain_text("Still missing: credit, alt text.")
    expect(desk.locator(".library__photo")).to_have_count(1)
    drop(desk, "broken.jpg", jpeg()[:200])
    expect(lines.nth(1)).to_contain_text("damaged or incomplete")
    drop(desk, "again.jpg", jpeg(colour="#446688"))
    expect(lines.nth(2)).to_contain_text("already")
    assert Photo.objects.count() == 1


def test_many_files_and_one_form_work_without_a_script(plain_page, sign_in, administrator, tmp_path):
    page = sign_in(plain_page, administrator)
    for name, colour in (("a.jpg", "#111111"), ("b.jpg", "#222222")):
        (tmp_path / name).write_bytes(jpeg(colour=colour))
    page.goto("/admin/media/photo/")
    page.get_by_text("Upload photos").click()
    page.get_by_label("Photos, as many as you like").set_input_files([tmp_path / "a.jpg", tmp_path / "b.jpg"])
    page.get_by_role("button", name="Upload", exact=True).click()
    expect(page.locator("main")).to_contain_text("2 photos were taken into the library.")
    page.goto("/admin/media/photo/")
    for box in page.locator(".library__tick input").all():
        box.check()
    page.get_by_label("Action").select_option("edit_selected")
    page.get_by_role("button", name="Go").click()
    page.get_by_label("Credit").fill("Ana Rojas")
    page.get_by_role("button", name="Change 2 photos").click()
    assert set(Photo.objects.values_list("credit", flat=True)) == {"Ana Rojas"}


def test_focal_point_is_set_by_a_click_and_moved_by_keys(desk):
    photo = PhotoFactory(size=(600, 400))
    desk.goto(f"/admin/media/photo/{photo.pk}/change/")
    frame = desk.locator(".focal")
    box = frame.bounding_box()
    frame.click(position={"x": box["width"] * 0.25, "y": box["height"] * 0.75})
    desk.keyboard.press("ArrowRight")
    expect(desk.locator(".crops img")).to_have_count(3)
    desk.get_by_role("button", name="Save", exact=True).click()
    desk.wait_for_url("**/photo/")
    photo.refresh_from_db()
    assert (photo.focal_x, photo.focal_y) == pytest.approx((0.27, 0.75), abs=0.02)
