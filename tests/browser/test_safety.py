"""What only a browser can tell of safety: the token of each request of htmx, and what is left after signing out (S11, S61, S62)."""

from playwright.sync_api import expect

from .steps import discussion_of, press, settle

KEPT = [["htmx-current-path-for-history", "/"]]
"""What htmx notes in a tab: the address of the page that is shown."""


def test_htmx_sends_the_token_of_its_page_and_nothing_stays_behind_after_signing_out(site, visit):
    settle(site, "skaidra")
    page, sent = visit("anna"), []
    page.on("request", lambda request: sent.append(request.all_headers().get("x-csrftoken")) if request.url.endswith("/thanks") else None)
    page.goto(discussion_of(site, "skaidra", "Who keeps the keys?", answered_by="karla"))
    page.evaluate("document.documentElement.dataset.same = 'page'")

    press(page, "Thanks")
    expect(page.get_by_role("button", name="Thanks · 1")).to_have_attribute("aria-pressed", "true")
    assert page.evaluate("document.documentElement.dataset.same") == "page"
    assert sent == [page.locator("meta[name=csrf-token]").get_attribute("content")]

    page.locator("summary", has_text="Your menu:").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign in").first).to_be_visible()
    assert page.evaluate("[localStorage.length, Object.entries(sessionStorage)]") == [0, KEPT]
    page.go_back()
    expect(page.locator("main")).not_to_contain_text("Who keeps the keys?")
    expect(page.locator("main [name=password]")).to_be_visible()
