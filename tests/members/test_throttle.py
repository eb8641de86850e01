"""Limits on tries: every place that checks a secret has one, and it holds against tricks (S17, S18, S31–S33)."""

import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from libri import create_app, throttle
from libri.db import db
from libri.permissions import public
from libri.throttle import Attempt

from .. import make
from ..cast import PASSWORD

pytestmark = pytest.mark.long

WRONG = "not the right one"
OTHER_PROCESS = """
import sys
from libri import create_app, throttle
with create_app().test_request_context("/"):
    print(throttle.seconds_to_wait("sign_in.account", sys.argv[1]))
"""


def tries(browser, route: str, fields: dict, times: int, **options) -> list[int]:
    """The statuses of so many tries."""
    token = browser.csrf_token()
    return [browser.post(route, fields | {"csrf_token": token}, **options).status for _ in range(times)]


def enter(browser, member, password=PASSWORD) -> int:
    return browser.post("/sign-in", {"email": member.email, "password": password}).status


# ---- passwords -------------------------------------------------------------------------------------------------------


def test_after_five_wrong_passwords_even_the_right_one_must_wait(cast, browse, later):
    wrong = tries(browse(), "/sign-in", {"email": cast.ana.email, "password": WRONG}, 6)
    elsewhere = browse()
    elsewhere.client.environ_base["REMOTE_ADDR"] = "203.0.113.9"

    right = [enter(browse(), cast.ana), enter(elsewhere, cast.ana)]
    later(minutes=16)

    assert wrong == [422] * 5 + [429]
    assert right == [429, 429]
    assert enter(browse(), cast.ana) == 303


def test_the_answer_says_when_to_come_back(cast, browse):
    browser = browse()
    tries(browser, "/sign-in", {"email": cast.ana.email, "password": WRONG}, 5)

    answer = browser.post("/sign-in", {"email": cast.ana.email, "password": WRONG})

    assert 1 <= int(answer.headers["Retry-After"]) <= 900


def test_a_stranger_does_not_lock_out_a_known_device(cast, browse):
    known = browse()
    enter(known, cast.ana)
    known.post("/sign-out")

    tries(browse(), "/sign-in", {"email": cast.ana.email, "password": WRONG}, 6)

    assert enter(known, cast.ana) == 303


def test_a_known_device_has_no_more_tries_than_others(cast, browse):
    known = browse()
    enter(known, cast.ana)
    known.post("/sign-out")

    assert tries(known, "/sign-in", {"email": cast.ana.email, "password": WRONG}, 6) == [422] * 5 + [429]


def test_unknown_addresses_are_limited_like_known_ones(cast, browse):
    assert tries(browse(), "/sign-in", {"email": "nobody@library.example", "password": WRONG}, 6) == [422] * 5 + [429]


def test_tries_at_the_same_moment_count_one_by_one(cast, browse):
    browsers = [browse() for _ in range(12)]
    tokens, email = [browser.csrf_token() for browser in browsers], cast.ana.email

    def enter_wrong(number):
        fields = {"email": email, "password": WRONG, "csrf_token": tokens[number]}
        with browsers[number].app.app_context():
            return browsers[number].client.post("/sign-in", data=fields).status_code

    with ThreadPoolExecutor(6) as pool:
        answers = sorted(pool.map(enter_wrong, range(12)))

    assert answers == [422] * 5 + [429] * 7


# ---- whoever asks ----------------------------------------------------------------------------------------------------


def spread(browser, addresses, headers=({},)) -> list[int]:
    """One try each with another account name, from one of `addresses`, with one of `headers`."""
    token, answers = browser.csrf_token(), []
    for number in range(42):
        browser.client.environ_base["REMOTE_ADDR"] = addresses[number % len(addresses)]
        fields = {"email": f"guess{number}@library.example", "password": WRONG, "csrf_token": token}
        answers.append(browser.post("/sign-in", fields, headers=headers[number % len(headers)]).status)
    return answers


def test_fifty_addresses_of_one_ipv6_customer_are_one(cast, browse):
    assert spread(browse(), [f"2001:db8:1:2::{n:x}" for n in range(1, 51)]) == [422] * 40 + [429] * 2


def test_two_ipv6_customers_are_two(cast, browse):
    assert set(spread(browse(), ["2001:db8:1:2::1", "2001:db8:1:3::1"])) == {422}


@pytest.mark.parametrize("name", ["X-Forwarded-For", "Forwarded", "X-Real-IP"])
def test_what_a_client_says_of_itself_does_not_help(cast, browse, name):
    claims = [{name: f"for=198.51.100.{n}" if name == "Forwarded" else f"198.51.100.{n}"} for n in range(42)]

    assert spread(browse(), ["203.0.113.5"], claims) == [422] * 40 + [429] * 2


@pytest.mark.parametrize("name", ["X-Forwarded-Host", "X-Forwarded-Proto", "Forwarded"])
def test_what_a_client_says_of_the_host_reaches_no_letter(cast, browse, name):
    from libri import emails
    from libri.outbox import Letter

    browse().post("/sign-in/link", {"email": cast.ana.email}, headers={name: "evil.example"})

    assert "evil.example" not in "".join(emails.render(db.session.scalars(select(Letter)).one()))


# ---- the counter -----------------------------------------------------------------------------------------------------


def test_a_second_process_knows_the_tries_of_the_first(cast, browse, world):
    tries(browse(), "/sign-in", {"email": cast.ana.email, "password": WRONG}, 5)
    settings = {"LIBRI_DATA": world.config["DATA_FOLDER"], "LIBRI_SECRET_KEY": world.config["SECRET_KEY"],
                "DATABASE_URL": world.config["SQLALCHEMY_DATABASE_URI"], "LIBRI_BASE_URL": "http://localhost"}

    order = [sys.executable, "-c", OTHER_PROCESS, cast.ana.email]
    asked = subprocess.run(order, env=os.environ | settings, capture_output=True, text=True, check=True)

    assert 1 <= int(asked.stdout) <= 900


def test_the_counter_does_not_say_whose_tries_it_counts(cast, browse):
    tries(browse(), "/sign-in", {"email": cast.ana.email, "password": WRONG}, 1)

    kept = str(db.session.execute(select(Attempt.scope, Attempt.whose)).all())

    assert db.session.scalar(select(func.count()).select_from(Attempt)) == 2
    assert cast.ana.email not in kept
    assert "127.0.0.1" not in kept


# ---- every place that checks a secret (S31) --------------------------------------------------------------------------

SETS_UP = {"members.second_factor"}
"""Asks for a code of a key that stands on the same page: nothing to guess."""
CHECKS = {
    "members.sign_in": {"email": "ana", "password": WRONG},
    "members.sign_in_code": {"code": "000000"},
    "members.again": {"password": WRONG},
    "members.change_password": {"current_password": WRONG, "password": "četri zirgi un viena kaza"},
}
"""Routes whose form asks for a secret that is kept, and a wrong one."""


def secret_routes(app, *browsers) -> set[str]:
    """Endpoints of forms, on any page that opens without further data, that ask for a password or a code."""
    found = set()
    for rule in app.url_map.iter_rules():
        if "GET" in rule.methods and not rule.arguments and rule.rule != "/_design":
            for browser in browsers:
                page = browser.get(rule.rule)
                for form in page.document.xpath("//form[.//input[@type='password' or @name='code' ]]") if page.is_html else []:
                    found.add(app.url_map.bind("localhost").match(form.get("action").split("?")[0], method="POST")[0])
    return found


def test_the_list_of_places_that_check_a_secret_is_complete(cast, browse, world):
    half = browse()
    make.second_factor(cast.carla)
    enter(half, cast.carla)

    assert secret_routes(world, browse(), half, browse(cast.ana)) - SETS_UP == set(CHECKS)


@pytest.mark.parametrize("endpoint", CHECKS)
def test_every_place_that_checks_a_secret_has_a_limit(cast, browse, world, endpoint):
    make.second_factor(cast.carla)
    browser = browse(cast.ana) if endpoint in ("members.again", "members.change_password") else browse()
    enter(browser, cast.carla) if endpoint == "members.sign_in_code" else None
    route = next(rule.rule for rule in world.url_map.iter_rules() if rule.endpoint == endpoint)

    assert tries(browser, route, CHECKS[endpoint], 6) == [422] * 5 + [429]


def test_recovery_codes_share_the_limit_of_the_app(cast, browse):
    code = make.second_factor(cast.ana)[0]
    browser = browse()
    enter(browser, cast.ana)
    tries(browser, "/sign-in/code", {"code": "aaaaaa-aaaaaa-aaaaaa-aaaaaa"}, 5)

    assert tries(browser, "/sign-in/code", {"code": code}, 1) == [429]


def test_setting_the_limit_free_takes_the_whole_way_in(cast, browse):
    make.second_factor(cast.ana)
    browser = browse()
    for _ in range(5):
        enter(browser, cast.ana)
        tries(browser, "/sign-in/code", {"code": "000000"}, 1)

    enter(browser, cast.ana)

    assert tries(browser, "/sign-in/code", {"code": make.code()}, 1) == [429]


def link_routes(app, method: str) -> list[str]:
    """The addresses with a token, or with the number of a certificate, that are open to everybody and take this method."""
    return sorted(rule.rule for rule in app.url_map.iter_rules() if {"token", "number"} & rule.arguments and method in rule.methods
                  and getattr(app.view_functions[rule.endpoint], "is_public", False))


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_every_page_of_a_link_has_a_limit(cast, browse, world, method):
    last = {}
    for number, route in enumerate(link_routes(world, method)):
        browser = browse()
        browser.client.environ_base["REMOTE_ADDR"] = f"203.0.113.{number}"
        token = browser.csrf_token()
        address = re.sub(r"<[^>]*(token|number)>", "7-forged", route).replace("<int:material_id>", "1")
        answers = [browser.client.open(address, method=method, data={"csrf_token": token}).status_code for _ in range(31)]
        last[route] = answers[-1]

    assert last == dict.fromkeys(last, 429)


@pytest.mark.parametrize("route", ["/sign-in/link", "/password"])
def test_nobody_can_have_a_mailbox_flooded(cast, browse, route):
    assert tries(browse(), route, {"email": cast.ana.email}, 5) == [303, 303, 303, 429, 429]


def test_behind_a_proxy_of_ours_only_what_the_proxy_wrote_counts(tmp_path):
    """S33, S71: of the addresses in a header the last one is the proxy's; TLS and HSTS are taken from it as well."""
    app = create_app(SECRET_KEY="another secret for tests, long enough for anybody", DATA_FOLDER=str(tmp_path), TESTING=True, PROXY_HOPS=1,
                     SQLALCHEMY_DATABASE_URI=f"sqlite:///{tmp_path}/libri.sqlite", TRUSTED_HOSTS=["libri.example"])
    app.add_url_rule("/whose", view_func=public(lambda: throttle.client()))
    with app.app_context():
        db.create_all()

    headers = {"X-Forwarded-For": "198.51.100.7, 203.0.113.5", "X-Forwarded-Host": "libri.example", "X-Forwarded-Proto": "https",
               "Forwarded": "for=198.51.100.9;host=evil.example", "X-Real-IP": "198.51.100.9"}
    answer = app.test_client().get("/whose", headers=headers)

    assert answer.text == "203.0.113.0/24" and "Strict-Transport-Security" in answer.headers
    assert app.test_client().get("/whose", headers=headers | {"X-Forwarded-Host": "evil.example"}).status_code == 400
