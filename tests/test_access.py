"""Who may what: every route × every person. This table is the test and the documentation (S34, S35).

Lyon stands for one's own organisation, Ogre for somebody else's. Ana is a member of the Lyon library, Bruno coordinates Lyon
and so the library below it, Carla coordinates Ogre, Dina is the office. `in` means: asked to sign in first.
POST rows send an empty form: 422 is a form that was let in and found wanting, 303 a change that happened.
"""

import re

import pytest

TABLE = """
# endpoint and method            address                                   nobody  ana  bruno  carla  dina

# -- the public pages
home.index GET                   /                                            200  200    200    200   200
home.about GET                   /about                                       200  200    200    200   200
home.privacy GET                 /privacy                                     200  200    200    200   200
home.accessibility GET           /accessibility                               200  200    200    200   200
home.language POST               /language                                    303  303    303    303   303
home.design GET                  /_design                                     200  200    200    200   200
home.robots GET                  /robots.txt                                  200  200    200    200   200
home.security GET                /.well-known/security.txt                    200  200    200    200   200
home.health.check GET            /healthz                                     503  503    503    503   503

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
members.keep_draft POST          /me/drafts                                    in  400    400    400   400
members.drop_draft POST          /me/drafts/drop                               in  400    400    400   400
members.read_notice GET          /me/notice                                    in  200    200    200   200
members.read_notice POST         /me/notice                                    in  303    303    303   303
members.account GET              /me/account                                   in  200    200    200   200
members.again GET                /sign-in/again                                in  200    200    200   200
members.again POST               /sign-in/again                                in  422    422    422   422
members.change_password GET      /me/password                                  in  200    200    200   200
members.change_password POST     /me/password                                  in  422    422    422   422
members.change_address GET       /me/address                                   in  200    200    200   200
members.change_address POST      /me/address                                   in  422    422    422   422
members.confirm_address GET      /address/7-forged                            410  410    410    410   410
members.confirm_address POST     /address/7-forged                            410  410    410    410   410
members.second_factor GET        /me/second-factor                             in  200    200    200   200
members.second_factor POST       /me/second-factor                             in  422    422    422   422
members.turn_off_second_factor POST /me/second-factor/off                      in  303    303    303   303
members.recovery_codes GET       /me/recovery-codes                            in  303    303    303   303
members.new_recovery_codes POST  /me/recovery-codes                            in  303    303    303   303
members.sessions GET             /me/sessions                                  in  200    200    200   200
members.sign_out_everywhere POST /me/sessions/end                              in  303    303    303   303
members.end_one_session POST     /me/sessions/4000000/end                      in  404    404    404   404
members.profile GET              /me                                           in  200    200    200   200
members.profile POST             /me                                           in  409    409    409   409
members.change_picture POST      /me/picture                                   in  422    422    422   422
members.remove_picture POST      /me/picture/remove                            in  303    303    303   303
members.leave GET                /me/memberships/{membership}/leave            in  200    403    403   403
members.leave POST               /me/memberships/{membership}/leave            in  303    403    403   403
members.my_data GET              /me/data                                      in  200    200    200   200
members.download GET             /me/data/download                             in  200    200    200   200
members.close GET                /me/close                                     in  200    200    200   200
members.close POST               /me/close                                     in  422    422    422   422
members.show GET                 /members/{ana}                                in  200    200    200   200
members.picture GET              /members/{ana}/picture                        in  404    404    404   404

# -- invitations and the people of an organisation
members.accept GET               /invitation/7-forged                         410  410    410    410   410
members.accept POST              /invitation/7-forged                         410  410    410    410   410
members.people GET               /organisations/{lyon}/people                  in  403    200    403   200
members.invite GET               /organisations/{lyon}/people/invite           in  403    200    403   200
members.invite POST              /organisations/{lyon}/people/invite           in  403    422    403   422
members.invite_many GET          /organisations/{lyon}/people/invite-many      in  403    200    403   200
members.invite_many POST         /organisations/{lyon}/people/invite-many      in  403    422    403   422
members.send_invitations POST    /organisations/{lyon}/people/invite-many/send  in  403    422    403   422
members.resend_all POST          /organisations/{lyon_library}/people/resend   in  403    303    403   303
members.resend POST              /invitations/{invitation}/resend              in  404    303    404   303
members.withdraw POST            /invitations/{invitation}/withdraw            in  404    303    404   303
members.edit_membership GET      /memberships/{membership}                     in  403    200    403   200
members.edit_membership POST     /memberships/{membership}                     in  403    409    403   409
members.remove_membership POST   /memberships/{membership}/remove              in  403    303    403   303

# -- the directory
directory.index GET              /directory                                    in  200    200    200   200
directory.looking GET            /directory/looking                            in  200    200    200   200
directory.map GET                /directory/map                                in  200    200    200   200
directory.help_me GET            /directory/help-me                            in  200    200    200   200

# -- organisations
directory.show GET               /organisations/{lyon}                         in  200    200    200   200
directory.edit GET               /organisations/{lyon}/edit                    in  403    200    403   200
directory.edit GET               /organisations/{lyon_library}/edit            in  403    200    403   200
directory.edit GET               /organisations/{ogre}/edit                    in  403    403    200   200
directory.edit POST              /organisations/{lyon}/edit                    in  403    422    403   422
directory.edit POST              /organisations/{lyon_library}/edit            in  403    422    403   422
directory.history GET            /organisations/{lyon}/history                 in  403    200    403   200
directory.new GET                /organisations/new                            in  403    403    403   200
directory.new POST               /organisations/new                            in  403    403    403   422
directory.change_status POST     /organisations/{lyon}/status                  in  403    403    403   422
directory.confirm POST           /organisations/{lyon}/confirm                 in  403    303    403   303
directory.show GET               /organisations/{draft}                        in  404    404    404   200
directory.edit GET               /organisations/{draft}/edit                   in  404    404    404   200
directory.edit POST              /organisations/{draft}/edit                   in  404    404    404   422

# -- contact persons
directory.new_contact GET        /organisations/{lyon}/contacts/new            in  403    200    403   200
directory.new_contact GET        /organisations/{lyon_library}/contacts/new    in  403    200    403   200
directory.new_contact POST       /organisations/{lyon}/contacts/new            in  403    422    403   422
directory.edit_contact GET       /contacts/{contact}/edit                      in  403    200    403   200
directory.edit_contact POST      /contacts/{contact}/edit                      in  403    422    403   422
directory.edit_contact GET       /contacts/{own_contact}/edit                  in  200    200    403   200
directory.edit_contact POST      /contacts/{own_contact}/edit                  in  422    422    403   422
directory.edit_contact GET       /contacts/{hidden_contact}/edit               in  404    404    404   200
directory.end_contact GET        /contacts/{contact}/end                       in  403    200    403   200
directory.end_contact GET        /contacts/{own_contact}/end                   in  403    200    403   200
directory.end_contact POST       /contacts/{contact}/end                       in  403    422    403   422
directory.move_contact POST      /contacts/{contact}/move                      in  403    422    403   422
directory.confirm_contact POST   /contacts/{contact}/confirmation              in  403    303    403   303
directory.confirm_contact POST   /contacts/{own_contact}/confirmation          in  303    303    403   303
directory.confirm_by_link GET    /contact/confirm/7-forged                    410  410    410    410   410
directory.confirm_by_link POST   /contact/confirm/7-forged                    410  410    410    410   410

# -- venue offers
directory.venues GET             /venues                                       in  200    200    200   200
directory.new_venue GET          /organisations/{lyon}/venues/new              in  403    200    403   200
directory.new_venue POST         /organisations/{lyon}/venues/new              in  403    422    403   422
directory.edit_venue GET         /venues/{venue}/edit                          in  403    200    403   200
directory.edit_venue POST        /venues/{venue}/edit                          in  403    422    403   422
directory.withdraw_venue POST    /venues/{venue}/withdraw                      in  403    303    403   303

# -- import and export
directory.export GET             /directory/export.csv                         in  200    200    200   200
directory.organisation_card GET  /organisations/{lyon}.vcf                     in  200    200    200   200
directory.contact_card GET       /contacts/{contact}.vcf                       in  200    200    200   200
directory.import_file GET        /directory/import                             in  403    403    403   200
directory.import_file POST       /directory/import                             in  403    403    403   422
directory.import_template GET    /directory/import/template.csv                in  403    403    403   200
directory.import_report GET      /directory/import/{table}                     in  403    403    403   200
directory.import_report POST     /directory/import/{table}                     in  403    403    403   422

# -- the office
office.index GET                 /office/                                      in  403    403    403   200
office.members GET               /office/members                               in  403    403    403   200
office.member GET                /office/members/{ana}                         in  403    403    403   200
office.member_status POST        /office/members/{ana}/status                  in  403    403    403   422
office.end_sessions POST         /office/members/{carla}/sessions              in  403    403    403   303
office.list_invitations GET      /office/invitations                           in  403    403    403   200
office.list_organisations GET    /office/organisations                         in  403    403    403   200
office.contacts GET              /office/contacts                              in  403    403    403   200
office.letters GET               /office/letters                               in  403    403    403   200
office.letter GET                /office/letters/{letter}                      in  403    403    403   200
office.retry_letter POST         /office/letters/{letter}/retry                in  403    403    403   303
office.audit_trail GET           /office/audit                                 in  403    403    403   200
office.export_audit_trail POST   /office/audit/export                          in  403    403    403   200
"""
PEOPLE = ("nobody", "ana", "bruno", "carla", "dina")
LINE = re.compile(r"^(\S+) (GET|POST)\s+(\S+)\s+(\S+)\s+(\S+)\s+(\S+)\s+(\S+)\s+(\S+)$")
ROWS = [LINE.match(line).groups() for line in TABLE.strip().splitlines() if line.strip() and not line.startswith("#")]


@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[0]} {row[1]}")
def test_everyone_may_what_the_table_says(cast, things, browse, row, person):
    _, method, address, *expected = row
    address = address.format(**things)
    browser = browse(getattr(cast, person, None))

    page = browser.get(address) if method == "GET" else browser.post(address)

    said = "in" if page.location.startswith("/sign-in?next") and page.status == 303 else str(page.status)
    assert said == expected[PEOPLE.index(person)]


def test_every_route_has_its_line(app):
    routes = {f"{rule.endpoint} {method}" for rule in app.url_map.iter_rules() for method in rule.methods & {"GET", "POST", "PUT", "PATCH", "DELETE"}}

    assert routes == {f"{row[0]} {row[1]}" for row in ROWS}
