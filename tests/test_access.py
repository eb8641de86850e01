"""Who may what: every route × every person. This table is the test and the documentation (S34, S35).

Lyon stands for one's own organisation, Ogre for somebody else's. Ana is a member of the Lyon library, Bruno coordinates Lyon
and so the library below it, Carla coordinates Ogre, Dina is the office. `in` means: asked to sign in first.
POST rows send an empty form: 422 is a form that was let in and found wanting, 303 a change that happened.
"""

import re

import pytest
from sqlalchemy import select

from libri.db import db
from libri.members.models import Membership

from . import make
from .cast import Cast

TABLE = """
# endpoint and method            address                                   nobody  ana  bruno  carla  dina

# -- the public pages
home.index GET                   /                                            200  200    200    200   200
home.about GET                   /about                                       200  200    200    200   200
home.privacy GET                 /privacy                                     200  200    200    200   200
home.accessibility GET           /accessibility                               200  200    200    200   200
home.language POST               /language                                    303  303    303    303   303

# -- signing in
members.sign_in GET              /sign-in                                     200  200    200    200   200
members.sign_in POST             /sign-in                                     422  422    422    422   422
members.sign_in_code GET         /sign-in/code                                 in   in     in     in    in
members.sign_in_code POST        /sign-in/code                                 in   in     in     in    in
members.ask_for_link POST        /sign-in/link                                422  422    422    422   422
members.enter_by_link GET        /sign-in/link/7-forged                       410  410    410    410   410
members.enter_by_link POST       /sign-in/link/7-forged                       410  410    410    410   410
members.sign_out POST            /sign-out                                     in  303    303    303   303
members.extend POST              /sign-in/extend                               in  200    200    200   200
members.forgotten GET            /password                                    200  200    200    200   200
members.forgotten POST           /password                                    422  422    422    422   422
members.choose_password GET      /password/7-forged                           410  410    410    410   410
members.choose_password POST     /password/7-forged                           410  410    410    410   410

# -- one's own account
members.read_notice GET          /me/notice                                    in  200    200    200   200
members.read_notice POST         /me/notice                                    in  303    303    303   303
members.account GET              /me/account                                   in  200    200    200   200
members.profile GET              /me                                           in  200    200    200   200

# -- invitations and the people of an organisation

# -- the directory
directory.index GET              /directory                                    in  200    200    200   200

# -- organisations

# -- contact persons

# -- venue offers

# -- import and export

# -- the office
office.index GET                 /office/                                      in  403    403    403   200
"""
PEOPLE = ("nobody", "ana", "bruno", "carla", "dina")
LINE = re.compile(r"^(\S+) (GET|POST)\s+(\S+)\s+(\S+)\s+(\S+)\s+(\S+)\s+(\S+)\s+(\S+)$")
ROWS = [LINE.match(line).groups() for line in TABLE.strip().splitlines() if line.strip() and not line.startswith("#")]


def things(cast: Cast) -> dict[str, int]:
    """The ids that addresses of the table name in braces; each belongs to Lyon unless its name says otherwise."""
    return {
        "lyon": cast.lyon.id, "lyon_library": cast.lyon_library.id, "ogre": cast.ogre.id,
        "ana": cast.ana.id, "carla": cast.carla.id,
        "contact": make.contact(cast.lyon).id, "venue": make.venue(cast.lyon).id,
        "invitation": make.invitation(cast.lyon_library).id,
        "membership": db.session.scalar(select(Membership.id).where(Membership.member_id == cast.ana.id)),
    }


@pytest.mark.parametrize(("row", "person"), [(row, person) for row in ROWS for person in PEOPLE], ids=lambda value: value if isinstance(value, str) else f"{value[0]} {value[1]}")
def test_everyone_may_what_the_table_says(cast, browse, row, person):
    _, method, address, *expected = row
    address = address.format(**things(cast))
    browser = browse(getattr(cast, person, None))

    page = browser.get(address) if method == "GET" else browser.post(address)

    said = "in" if page.location.startswith("/sign-in?next") and page.status == 303 else str(page.status)
    assert said == expected[PEOPLE.index(person)]


def test_every_route_has_its_line(app):
    routes = {f"{rule.endpoint} {method}" for rule in app.url_map.iter_rules() for method in rule.methods & {"GET", "POST", "PUT", "PATCH", "DELETE"}}

    assert routes == {f"{row[0]} {row[1]}" for row in ROWS}
