"""Without JavaScript (A4), by real clicks and typing: signing in, finding partners, the work of the office."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from libri.sample import HERE

from . import steps
from .conftest import PASSWORD, speak
from .steps import download, fill, follow, link_for, mistakes, press, settle, titled, told, unfold

# ---- coming in -------------------------------------------------------------------------------------------------------


def test_a_wrong_password_then_the_right_one_then_out(plain):
    page = plain()
    page.goto("/organisations/1")
    fill(page, email="anna@paraugs.example", password="not this one, surely")
    press(page, "Sign in")
    assert mistakes(page) == ["Password: The address and the password do not fit together."]
    expect(page.locator("main [name=email]")).to_have_value("anna@paraugs.example")

    fill(page, password=PASSWORD)
    press(page, "Sign in")
    expect(page).to_have_url(re.compile("/organisations/1$"))
    unfold_menu(page)
    page.locator(".masthead form[action$=sign-out] button").click()

    expect(page.locator(".masthead a[href='/sign-in']")).to_be_visible()


def unfold_menu(page) -> None:
    """Open one's own menu in the masthead."""
    page.locator("details:has(form[action$=sign-out]) > summary").click()


def test_a_link_from_a_letter_signs_in(site, plain):
    settle(site, "lina")
    page = plain()
    page.goto("/sign-in")
    fill(page, email="lina@paraugs.example")
    press(page, "Send me a link instead")
    told(page, "a letter is on its way")

    page.goto(link_for(site, "lina@paraugs.example", "sign_in_link"))
    press(page, "Sign in")

    titled(page, "Your desk")


def test_a_forgotten_password_is_chosen_anew_by_letter(site, plain):
    settle(site, "fjodor")
    page = plain()
    page.goto("/sign-in")
    follow(page, "I have forgotten my password")
    fill(page, email="fjodor@paraugs.example")
    press(page, "Send me a link")
    told(page, "letter")
    page.goto(link_for(site, "fjodor@paraugs.example", "new_password"))
    fill(page, password=steps.NEW_PASSWORD)
    press(page, "Set the new password")
    titled(page, "Sign in")

    fill(page, email="fjodor@paraugs.example", password=steps.NEW_PASSWORD)
    press(page, "Sign in")

    titled(page, "Your desk")


def test_the_language_is_chosen_as_a_guest_and_stays(site, plain):
    page = plain(language="en")
    page.goto("/about")
    for language in ("lv", "uk", "ru", "en"):
        speak(page, language)
        expect(page).to_have_url(re.compile("/about$"))

    page.goto("/privacy")

    expect(page.locator("html")).to_have_attribute("lang", "en")


# ---- finding ---------------------------------------------------------------------------------------------------------


def test_the_list_is_filtered_sorted_turned_and_taken_along(plain):
    page = plain("karla")
    page.goto("/")
    follow(page, "Partners", ".masthead")
    first = page.locator("tbody th").first.inner_text()
    follow(page, "Next")
    expect(page.locator("tbody th").first).not_to_have_text(first)
    follow(page, "Country", "thead")
    expect(page.locator("th[aria-sort=ascending]")).to_contain_text("Country")

    fill(page, words="montpellier")
    page.locator("main [name=country]").select_option("FR")
    press(page, "Show")
    expect(page).to_have_url(re.compile("words=montpellier.*country=FR|country=FR.*words=montpellier"))
    expect(page.locator("[data-announce]")).to_contain_text("organisation")

    assert b"Montpellier" in download(page, "Export as CSV")
    assert download(page, "Export as XLSX").startswith(b"PK")
    assert b"BEGIN:VCARD" in download(page, "Export as vCard")


def test_the_map_the_helpers_the_seekers_and_the_venues(plain):
    page = plain("karla")
    page.goto("/directory")
    follow(page, "Map")
    page.locator("main [name=country]").select_option("LV")
    press(page, "Show")
    page.locator(".map__pin").first.click()
    expect(page).not_to_have_url(re.compile("/directory/map"))

    page.goto("/directory/help-me")
    page.locator("main [name=theme]").select_option(index=1)
    press(page, "Show")
    expect(page.locator("[data-announce]")).to_contain_text("can be asked")
    follow(page, "Looking for a partner")
    titled(page, "Looking for a partner")

    page.goto("/venues")
    fill(page, seats="10")
    press(page, "Show")
    expect(page).to_have_url(re.compile("seats=10"))


# ---- the office ------------------------------------------------------------------------------------------------------


def test_the_office_imports_the_sample_file_and_a_changed_one(plain, tmp_path):
    page = plain("dina")
    page.goto("/directory/import")
    page.locator("main [name=table]").set_input_files(HERE / "organisations.csv")
    press(page, "Check this file")
    titled(page, "Report on the file")
    expect(page.locator("main")).to_contain_text("Everything in this file stands in LiBri already.")

    text = (HERE / "organisations.csv").read_text("utf-8-sig").replace("org-lv-lib-ogre,", "org-lv-lib-ogre-2,", 1)
    (tmp_path / "more.csv").write_text(text, "utf-8")
    page.goto("/directory/import")
    page.locator("main [name=table]").set_input_files(tmp_path / "more.csv")
    press(page, "Check this file")
    press(page, "Import 1 organisation")

    told(page, "1 organisation was added.")


def test_the_office_reads_its_lists_and_sends_a_letter_again(site, plain):
    number = steps.fail_a_letter(site, "nobody@library.example")
    page = plain("dina")
    page.goto("/office/")
    for name in ("Contacts", "Invitations", "Members", "Letters"):
        page.locator(".tabs").get_by_role("link", name=re.compile(name)).first.click()
        expect(page.locator(".tabs").first.locator("[aria-current=page]")).to_contain_text(name)

    page.locator("main select[name=status]").select_option("failed")
    press(page, "Show")
    page.locator(f"main a[href$='/office/letters/{number}']").click()
    press(page, "Send it again")

    told(page, "The letter will be sent within a minute.")


def test_the_office_disables_an_account(site, plain):
    settle(site, "modris", "member")
    theirs, page = plain("modris"), plain("dina")
    page.goto("/office/members?words=modris")
    follow(page, "Modris", "tbody")
    unfold(page, "Disable the account")
    press(page, "Disable the account", ".confirm__question >> visible=true")
    expect(page.get_by_role("button", name="Enable the account")).to_be_visible()

    theirs.goto("/me")

    titled(theirs, "Sign in")
