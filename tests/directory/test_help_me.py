"""Who can help me with …: whom to ask, the freshly confirmed first, and only what one may see of them."""

from datetime import timedelta

from libri.db import now

from .. import make

FUNCTIONS = "//main//article//h2 | //main//li//h2"


def test_nothing_is_listed_before_something_is_asked(cast, browse):
    make.contact(cast.lyon, "Reading room")

    page = browse(cast.ana).get("/directory/help-me")

    assert page.texts(FUNCTIONS) == []
    assert "What do you need?" in page.text


def test_theme_and_language_of_the_same_person_must_fit(cast, browse):
    make.contact(cast.ogre, "Café host", themes=["language_learning"], languages=["uk"])
    make.contact(cast.ogre, "Teacher", themes=["language_learning"], languages=["lv"])
    make.contact(cast.ogre, "Driver", themes=["youth"], languages=["uk"])

    page = browse(cast.ana).get("/directory/help-me?theme=language_learning&language=uk")

    assert page.texts(FUNCTIONS) == ["Café host"]


def test_the_freshly_confirmed_come_first_and_stale_ones_say_so(cast, browse):
    make.contact(cast.ogre, "Long ago", themes=["youth"], confirmed_on=now() - timedelta(days=400))
    make.contact(cast.ogre, "Yesterday", themes=["youth"], confirmed_on=now() - timedelta(days=1))

    page = browse(cast.ana).get("/directory/help-me?theme=youth")

    assert page.texts(FUNCTIONS) == ["Yesterday", "Long ago"]
    assert page.text.count("Not confirmed for a year") == 1


def test_those_who_have_ended_are_not_asked(cast, browse):
    make.contact(cast.ogre, "Ended", themes=["youth"], ended_at=now())
    make.contact(cast.ogre, "Ends tomorrow", themes=["youth"], ends_on=now().date() + timedelta(days=1))
    make.contact(cast.ogre, "Ended yesterday", themes=["youth"], ends_on=now().date() - timedelta(days=1))

    page = browse(cast.ana).get("/directory/help-me?theme=youth")

    assert page.texts(FUNCTIONS) == ["Ends tomorrow"]


def test_a_name_is_shown_to_those_who_may_see_it(cast, browse):
    make.contact(cast.ogre, "Host", name="Zaiga Zvirbule", phone="+371 2999 0000", themes=["youth"], visibility={"email": "network"})

    stranger = browse(cast.ana).get("/directory/help-me?theme=youth")
    coordinator = browse(cast.carla).get("/directory/help-me?theme=youth")

    assert "Zvirbule" not in stranger.source
    assert "2999" not in stranger.source
    assert "Zaiga Zvirbule" in coordinator.text


def test_places_that_fit_without_a_fitting_person_come_second(cast, browse):
    make.contact(cast.lyon_library, "Driver", themes=["youth"])

    page = browse(cast.ana).get("/directory/help-me?theme=language_learning")

    assert page.texts(FUNCTIONS) == []
    assert page.texts("//section[@aria-labelledby='others']//a/bdi") == ["Bibliothèque de Lyon"]
