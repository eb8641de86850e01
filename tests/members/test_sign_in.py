"""Signing in and out."""

from ..cast import PASSWORD


def test_the_right_password_opens_the_network(cast, browse):
    page = browse().get("/sign-in")

    answer = page.submit("/sign-in", email=cast.ana.email.upper(), password=PASSWORD)

    assert answer.status == 303
    assert answer.location == "/"


def test_a_wrong_password_says_so_and_keeps_the_address(cast, browse):
    page = browse(accept_language="en").get("/sign-in")

    answer = page.submit("/sign-in", email=cast.ana.email, password="something else entirely")

    assert answer.status == 422
    assert "do not fit together" in answer.text
    assert cast.ana.email in answer.source
