"""The search of everything finds resources and collections, and nothing of them for those who may not see them (X16)."""

from libri.i18n import Localized

from .. import make

ADDRESSES = ("/search?q=lantern", "/search/suggest?q=lantern", "/resources?words=lantern", "/resources/similar?title=lantern", "/collections")


def seen(browser) -> list[str]:
    """The addresses at which the word stands as it is written in a title; what was asked for is in small letters."""
    return [address for address in ADDRESSES if "Lantern" in browser.get(address, htmx="anything").body.decode()]


def test_what_is_private_is_found_by_its_organisation_only(cast, browse):
    guide = make.resource(cast.ogre, "Lantern", status="private", is_public=True)
    make.collection(cast.ogre, guide, title=Localized(en="Lantern set"), status="private", is_public=True)

    assert seen(browse(accept_language="en")) == [] == seen(browse(cast.ana))
    assert seen(browse(cast.carla)) == [address for address in ADDRESSES if "words" not in address]


def test_what_is_for_members_is_not_found_by_guests_and_what_is_public_is(cast, browse):
    make.resource(cast.ogre, "Lantern")
    before = seen(browse(accept_language="en"))
    make.collection(cast.ogre, make.resource(cast.ogre, "Lantern two", is_public=True), title=Localized(en="Lantern set"), is_public=True)

    assert before == []
    assert seen(browse(accept_language="en")) == [address for address in ADDRESSES if "similar" not in address]
