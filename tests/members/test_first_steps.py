"""What a signed-in person must do before anything else: set up the second step, read the notice (S26)."""

import pytest

from .. import make


@pytest.mark.parametrize("person", ["bruno", "carla", "dina"])
@pytest.mark.parametrize("address", ["/", "/me", "/me/account", "/me/sessions", "/me/password"])
def test_coordinators_and_office_set_up_the_second_step_before_anything_else(cast, browse, world, person, address):
    world.config["SECOND_FACTOR"] = "on"

    assert browse(getattr(cast, person)).get(address).location == "/me/second-factor"


def test_members_are_only_offered_the_second_step(cast, browse, world):
    world.config["SECOND_FACTOR"] = "on"

    assert browse(cast.ana).get("/me/account").status == 200


def test_in_the_sample_network_nobody_needs_the_second_step(cast, browse, world):
    world.config.update(SECOND_FACTOR="on", DEMONSTRATION=True)

    assert browse(cast.dina).get("/me/account").status == 200


def test_until_the_second_step_is_set_up_the_office_is_closed_and_public_pages_are_a_guests(cast, browse, world):
    world.config["SECOND_FACTOR"] = "on"
    dina = browse(cast.dina)

    assert dina.get("/office/").location == "/me/second-factor"
    assert not dina.get("/about").has_link("/office/")


def test_after_setting_it_up_the_way_is_free(cast, browse, world):
    world.config["SECOND_FACTOR"] = "on"
    make.second_factor(cast.dina)

    assert browse(cast.dina).get("/office/").status == 200


def test_the_notice_comes_before_the_network(cast, browse):
    cast.ana.notice_version = ""

    assert browse(cast.ana).get("/").location == "/me/notice?next=/"
