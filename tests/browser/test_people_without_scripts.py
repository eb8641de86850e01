"""Without JavaScript (A4), by real clicks and typing: inviting, the profile, the account, one's own data."""

from __future__ import annotations

import json
import zipfile
from io import BytesIO

from PIL import Image
from playwright.sync_api import expect

from . import steps
from .conftest import PASSWORD
from .steps import download, fill, follow, link_for, mistakes, press, settle, titled, told


def test_one_is_invited_and_comes_as_a_new_person(site, plain):
    number = settle(site, "zane")
    page = plain("zane")
    page.goto(f"/organisations/{number}/people")
    follow(page, "Invite somebody")
    fill(page, email="jauna@library.example", words="Come and read with us.")
    page.locator("main [name=language]").select_option("en")
    press(page, "Send the invitation")
    told(page, "on its way")

    guest = plain()
    guest.goto(link_for(site, "jauna@library.example", "invitation"))
    expect(guest.locator("main")).to_contain_text("Come and read with us.")
    fill(guest, name="Jauna Lasītāja", password="short")
    press(guest, "I have read how my data are used. Make my account")
    assert "Password" in mistakes(guest)[0]
    fill(guest, password=steps.NEW_PASSWORD)
    press(guest, "I have read how my data are used. Make my account")

    expect(guest.locator(".masthead")).to_contain_text("Jauna Lasītāja")


def test_many_are_invited_after_a_report_and_one_is_taken_back(site, plain):
    number = settle(site, "maija")
    page = plain("maija")
    page.goto(f"/organisations/{number}/people/invite-many")
    fill(page, rows="viens@library.example; Librarian\ndivi@library.example\nnot an address")
    press(page, "Check the rows")
    expect(page.locator("#report").locator("xpath=..")).to_contain_text("1 row needs mending.")
    press(page, "Send 2 invitations")
    told(page, "2 invitations are on their way.")

    page.goto(f"/organisations/{number}/people")
    row = page.locator("tr", has_text="divi@library.example")
    row.get_by_role("button", name="Send again").click()
    told(page, "way")
    row.locator("summary", has_text="Withdraw").click()
    row.locator(".confirm__question button").click()

    expect(row).to_contain_text("Withdrawn")


def test_a_profile_gets_a_picture_and_a_place_is_left(site, plain, tmp_path):
    settle(site, "agnese", "member")
    Image.new("RGB", (300, 200), "teal").save(tmp_path / "me.jpg")
    page = plain("agnese")
    page.goto("/me")
    fill(page, function="Reader aloud")
    page.locator("main [name=themes]").first.check()
    press(page, "Save")
    told(page, "saved")
    page.locator("main [name=picture]").set_input_files(tmp_path / "me.jpg")
    press(page, "Use this picture")
    expect(page.locator("main img.avatar")).to_be_attached()
    press(page, "Remove the picture")
    expect(page.locator("main img.avatar")).to_have_count(0)

    page.locator("main a[href$='/leave']").click()
    press(page, "Leave the organisation")

    told(page, "left")


# ---- one's own account -----------------------------------------------------------------------------------------------


def test_the_password_and_the_address_are_changed(site, plain):
    settle(site, "sandra")
    page = plain("sandra")
    page.goto("/me/password")
    fill(page, current_password=PASSWORD, password=steps.NEW_PASSWORD)
    press(page, "Set the new password")
    told(page, "password")

    page.goto("/me/address")
    fill(page, email="sandra@library.example")
    press(page, "Send the letter")
    told(page, "letter")
    page.goto(link_for(site, "sandra@library.example", "confirm_address"))
    press(page, "Use this address")

    page.goto("/me/account")
    expect(page.locator("main")).to_contain_text("sandra@library.example")


def test_the_second_step_is_set_up_and_a_recovery_code_signs_in(site, plain):
    settle(site, "dace")
    page = plain("dace")
    page.goto("/me/second-factor")
    steps.confirm_it_is_me(page)
    fill(page, code=steps.code_for(page))
    press(page, "Turn on the second step")
    titled(page, "Your recovery codes")
    code = page.locator(".codes code").first.inner_text()

    other = plain()
    other.goto("/sign-in")
    fill(other, email="dace@paraugs.example", password=PASSWORD)
    press(other, "Sign in")
    titled(other, "Second step")
    fill(other, code=code)
    press(other, "Sign in")

    titled(other, "Your desk")
    other.goto("/me/account")
    expect(other.locator("main")).to_contain_text("9 recovery codes left")


def test_my_data_are_taken_along_and_the_account_is_closed(site, plain):
    settle(site, "beate", "member")
    page = plain("beate")
    page.goto("/me/data")
    archive = zipfile.ZipFile(BytesIO(download(page, "Download everything")))
    assert any("beate@paraugs.example" in json.dumps(json.loads(archive.read(name)), ensure_ascii=False)
               for name in archive.namelist() if name.endswith(".json"))

    follow(page, "Close my account", "main section:last-of-type")
    fill(page, address="beate@paraugs.example")
    press(page, "Close my account for good")
    expect(page.locator(".masthead a[href='/sign-in']")).to_be_visible()

    page.goto("/sign-in")
    fill(page, email="beate@paraugs.example", password=PASSWORD)
    press(page, "Sign in")
    assert mistakes(page) == ["Password: The address and the password do not fit together."]
