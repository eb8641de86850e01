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

# -- the search
home.search GET                  /search?q=bibliothek                         200  200    200    200   200
home.suggest GET                 /search/suggest?q=bib                        303  303    303    303   303
home.opensearch GET              /opensearch.xml                              200  200    200    200   200

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

# -- events: the list, the page, announcing
trainings.index GET              /trainings                                   200  200    200    200   200
trainings.index GET              /trainings?view=month                        200  200    200    200   200
trainings.index GET              /trainings?show=ours                         200  200    200    200   200
trainings.show GET               /trainings/{event}                            in  200    200    200   200
trainings.show GET               /trainings/{public_event}                    200  200    200    200   200
trainings.show GET               /trainings/{draft_event}                      in  404    200    404   200
trainings.new GET                /trainings/new                                in  403    200    200   200
trainings.new POST               /trainings/new                                in  403    422    422   422
trainings.edit GET               /trainings/{event}/edit                       in  403    200    403   200
trainings.edit POST              /trainings/{event}/edit                       in  403    422    403   422
trainings.edit GET               /trainings/{draft_event}/edit                 in  404    200    404   200
trainings.publish POST           /trainings/{draft_event}/publish              in  404    303    404   303
trainings.publish POST           /trainings/{event}/publish                    in  403    409    403   409
trainings.copy GET               /trainings/{event}/copy                       in  403    200    403   200
trainings.copy POST              /trainings/{event}/copy                       in  403    303    403   303
trainings.drop POST              /trainings/{draft_event}/drop                 in  404    303    404   303
trainings.drop POST              /trainings/{event}/drop                       in  403    409    403   409
trainings.cancel_event GET       /trainings/{event}/cancel                     in  403    200    403   200
trainings.cancel_event POST      /trainings/{event}/cancel                     in  403    303    403   303
trainings.cancel_event GET       /trainings/{past_event}/cancel                in  403    409    403   409
trainings.questions GET          /trainings/{event}/questions                  in  403    200    403   200
trainings.new_question GET       /trainings/{event}/questions/new              in  403    200    403   200
trainings.new_question POST      /trainings/{event}/questions/new              in  403    422    403   422
trainings.edit_question GET      /trainings/questions/{event_question}/edit    in  403    200    403   200
trainings.edit_question POST     /trainings/questions/{event_question}/edit    in  403    422    403   422
trainings.move_question POST     /trainings/questions/{event_question}/move    in  403    422    403   422
trainings.remove_question POST   /trainings/questions/{event_question}/remove  in  403    303    403   303
trainings.add_material GET       /trainings/{event}/materials                  in  403    200    403   200
trainings.add_material POST      /trainings/{event}/materials                  in  403    422    403   422
trainings.remove_material POST   /materials/{material}/remove                  in  403    303    403   303
trainings.material GET           /materials/{material}                         in  200    200    403   200
trainings.used_resources GET     /trainings/{event}/resources                  in  403    200    403   200
trainings.used_resources POST    /trainings/{event}/resources                  in  403    422    403   422
trainings.stop_using_resource POST /trainings/{event}/resources/remove         in  403    422    403   422
trainings.venue GET              /trainings/{event}/venue                      in  403    200    403   200
trainings.ask_venue GET          /trainings/{event}/venue/{venue}              in  403    200    403   200
trainings.ask_venue POST         /trainings/{event}/venue/{venue}              in  403    422    403   422
trainings.free_venue POST        /trainings/{event}/venue/free                 in  403    303    403   303
trainings.reservations GET       /reservations                                 in  403    200    200   200
trainings.reservation GET        /reservations/{reservation}                   in  404    200    200   200
trainings.reservation POST       /reservations/{reservation}                   in  404    403    422   422

# -- participants
trainings.participants GET       /trainings/{event}/participants               in  403    200    403   200
trainings.interpretation GET     /trainings/{event}/interpretation             in  403    200    403   200
trainings.participants_file GET  /trainings/{event}/participants.csv           in  403    200    403   200
trainings.new_export POST        /trainings/{event}/participants/exports       in  403    422    403   422
trainings.export GET             /exports/{export}                             in  404    200    404   404
trainings.export_file GET        /exports/{export}/file                        in  404    404    404   404
trainings.note GET               /registrations/{registration}/note            in  403    200    404   200
trainings.note POST              /registrations/{registration}/note            in  403    303    404   303
trainings.give_seat POST         /registrations/{request}/seat                 in  403    303    404   303

# -- registering for events
trainings.registration GET       /trainings/{event}/registration               in  303    200    200   200
trainings.registration GET       /trainings/{draft_event}/registration         in  404    200    404   200
trainings.registration POST      /trainings/{event}/registration               in  303    422    422   422
trainings.registration POST      /trainings/{past_event}/registration          in  403    403    403   403
trainings.register_colleague GET /trainings/{event}/colleagues                 in  403    200    200   200
trainings.register_colleague POST /trainings/{event}/colleagues                in  403    422    422   422
trainings.nominate GET           /trainings/{event}/nominations                in  403    200    200   200
trainings.nominate POST          /trainings/{event}/nominations                in  403    422    422   422
trainings.guest GET              /trainings/{public_event}/guest              200  200    200    200   200
trainings.guest GET              /trainings/{event}/guest                     404  404    404    404   404
trainings.guest POST             /trainings/{public_event}/guest              422  422    422    422   422
trainings.guest_asked GET        /trainings/{public_event}/guest/letter       200  200    200    200   200
trainings.confirm_guest GET      /registration/confirm/7-forged               410  410    410    410   410
trainings.confirm_guest POST     /registration/confirm/7-forged               410  410    410    410   410
trainings.my_registration GET    /registrations/{registration}                 in  200    200    404   200
trainings.guest_registration GET /guest/7-forged                              404  404    404    404   404
trainings.answers GET            /registrations/{registration}/answers         in  200    200    404   200
trainings.answers POST           /registrations/{registration}/answers         in  422    422    404   422
trainings.guest_answers GET      /guest/7-forged/answers                      404  404    404    404   404
trainings.guest_answers POST     /guest/7-forged/answers                      404  404    404    404   404
trainings.more_time POST         /registrations/{registration}/answers/until   in  403    422    404   422
trainings.accept POST            /registrations/{offer}/accept                 in  303    303    404   403
trainings.decline POST           /registrations/{offer}/decline                in  303    303    404   403
trainings.cancel POST            /registrations/{registration}/cancel          in  303    303    404   403
trainings.guest_accept POST      /guest/7-forged/accept                       404  404    404    404   404
trainings.guest_decline POST     /guest/7-forged/decline                      404  404    404    404   404
trainings.guest_cancel POST      /guest/7-forged/cancel                       404  404    404    404   404
trainings.remove POST            /registrations/{registration}/remove          in  403    303    404   303
trainings.move_up POST           /registrations/{registration}/up              in  403    303    404   403
trainings.replace GET            /registrations/{registration}/replace         in  200    200    404   200
trainings.replace POST           /registrations/{registration}/replace         in  422    422    404   422
trainings.decide GET             /trainings/{asked_event}/decisions            in  403    200    403   200
trainings.decide POST            /trainings/{asked_event}/decisions            in  403    422    403   422
trainings.announce_decisions POST /trainings/{asked_event}/decisions/announce  in  403    303    403   303

# -- import and export
directory.export GET             /directory/export.csv                         in  200    200    200   200
directory.organisation_card GET  /organisations/{lyon}.vcf                     in  200    200    200   200
directory.contact_card GET       /contacts/{contact}.vcf                       in  200    200    200   200
directory.import_file GET        /directory/import                             in  403    403    403   200
directory.import_file POST       /directory/import                             in  403    403    403   422
directory.import_template GET    /directory/import/template.csv                in  403    403    403   200
directory.import_report GET      /directory/import/{table}                     in  403    403    403   200
directory.import_report POST     /directory/import/{table}                     in  403    403    403   422

# -- reading practices
exchange.practices GET           /practices                                   200  200    200    200   200
exchange.practices GET           /practices?mine=y                            200  200    200    200   200
exchange.practice GET            /practices/{practice}                        404  200    200    200   200
exchange.practice GET            /practices/{public_practice}                 200  200    200    200   200
exchange.practice GET            /practices/{failed_practice}                 404  200    200    200   200
exchange.practice GET            /practices/{draft_practice}                  404  200    200    404   200
exchange.practice_pdf GET        /practices/{practice}.pdf                    404  200    200    200   200
exchange.practice_pdf GET        /practices/{public_practice}.pdf             200  200    200    200   200
exchange.practice_pdf GET        /practices/{failed_practice}.pdf             404  200    200    200   200
exchange.practice_pdf GET        /practices/{draft_practice}.pdf              404  200    200    404   200
exchange.selection_xlsx GET      /practices.xlsx                               in  200    200    200   200
exchange.selection_pdf GET       /practices.pdf                                in  200    200    200   200
exchange.ask_field POST          /practices/{practice}/questions               in  422    422    422   422
exchange.ask_field POST          /practices/{draft_practice}/questions         in  403    403    404   403
exchange.answer_field POST       /questions/{question}/answer                  in  422    422    403   422
exchange.new_adoption GET        /practices/{practice}/adoptions/new           in  200    200    200   200
exchange.new_adoption POST       /practices/{practice}/adoptions/new           in  422    422    422   422
exchange.new_adoption GET        /practices/{draft_practice}/adoptions/new     in  403    403    404   403
exchange.edit_adoption GET       /adoptions/{adoption}/edit                    in  200    200    403   200
exchange.edit_adoption POST      /adoptions/{adoption}/edit                    in  422    422    403   422

# -- writing and reviewing practices
exchange.new_practice GET        /practices/new                                in  200    200    200   200
exchange.new_practice POST       /practices/new                                in  422    422    422   422
exchange.edit_practice GET       /practices/{draft_practice}/edit              in  200    200    404   200
exchange.edit_practice GET       /practices/{practice}/edit                    in  200    200    403   200
exchange.edit_practice GET       /practices/{practice}/edit/need               in  200    200    403   200
exchange.edit_practice GET       /practices/{practice}/edit/facts              in  200    200    403   200
exchange.edit_practice POST      /practices/{practice}/edit/need               in  422    422    403   422
exchange.edit_practice POST      /practices/{draft_practice}/edit/facts        in  422    422    404   422
exchange.drop_practice POST      /practices/{draft_practice}/drop              in  303    303    404   303
exchange.drop_practice POST      /practices/{practice}/drop                    in  409    409    403   409
exchange.submit_practice GET     /practices/{draft_practice}/submit            in  200    200    404   200
exchange.submit_practice POST    /practices/{draft_practice}/submit            in  422    422    404   422
exchange.submit_practice GET     /practices/{practice}/submit                  in  303    303    403   303
exchange.review GET              /practices/review                             in  200    200    200   200
exchange.review_practice GET     /practices/{submitted_practice}/review        in  403    403    404   200
exchange.comment_section POST    /practices/{submitted_practice}/review/comments  in  403  403   404   422
exchange.settle_comment POST     /practices/comments/{remark}/settle           in  303    303    404   303
exchange.name_editor POST        /practices/{submitted_practice}/review/editor  in  403   403    404   303
exchange.request_changes POST    /practices/{submitted_practice}/review/changes  in  403  403    404   303
exchange.publish_practice POST   /practices/{submitted_practice}/review/publish  in  403  403    404   422
exchange.archive_practice POST   /practices/{practice}/archive                 in  303    303    403   303
exchange.archive_practice POST   /practices/{draft_practice}/archive           in  409    409    404   409
exchange.practice_history GET    /practices/{practice}/history                 in  200    200    200   200
exchange.practice_history GET    /practices/{public_practice}/history          in  200    200    200   200
exchange.practice_history GET    /practices/{draft_practice}/history           in  200    200    404   200
exchange.add_attachment GET      /practices/{practice}/attachments             in  200    200    403   200
exchange.add_attachment POST     /practices/{practice}/attachments             in  422    422    403   422
exchange.add_attachment GET      /practices/{draft_practice}/attachments       in  200    200    404   200
exchange.attachment GET          /attachments/{photo}                          in  200    200    200   200
exchange.edit_attachment POST    /attachments/{photo}                          in  422    422    403   422
exchange.remove_attachment POST  /attachments/{photo}/remove                   in  303    303    403   303
exchange.attachment GET          /attachments/{draft_photo}                    in  200    200    404   200

# -- discussions
exchange.topics GET              /discussions                                  in  200    200    200   200
exchange.new_topic GET           /discussions/new                              in  200    200    200   200
exchange.new_topic GET           /discussions/new?category=idea                in  200    200    200   200
exchange.new_topic POST          /discussions/new                              in  422    422    422   422
exchange.topic GET               /discussions/{topic}                          in  200    200    200   200
exchange.topic GET               /discussions/{hidden_topic}                   in  200    404    404   200
exchange.reply POST              /discussions/{topic}                          in  422    422    422   422
exchange.reply POST              /discussions/{locked_topic}                   in  403    403    403   422
exchange.reply POST              /discussions/{hidden_topic}                   in  422    404    404   422
exchange.first_unread GET        /discussions/{topic}/unread                   in  303    303    303   303
exchange.new_replies GET         /discussions/{topic}/new?after=0              in  303    303    303   303
exchange.members_like GET        /discussions/names?q=a                        in  200    200    200   200
exchange.preview POST            /discussions/preview                          in  200    200    200   200
exchange.edit_reply GET          /replies/{reply}/edit                         in  200    403    403   200
exchange.edit_reply POST         /replies/{reply}/edit                         in  422    403    403   422
exchange.reply_files GET         /replies/{reply}/files                        in  200    403    403   200
exchange.reply_files POST        /replies/{reply}/files                        in  422    403    403   422
exchange.edit_reply GET          /replies/{hidden_reply}/edit                  in  200    404    404   200
exchange.reply_history GET       /replies/{reply}/history                      in  200    200    200   200
exchange.reply_history GET       /replies/{hidden_reply}/history               in  200    404    404   200
exchange.thank POST              /replies/{reply}/thanks                       in  403    303    303   303
exchange.thank POST              /replies/{hidden_reply}/thanks                in  403    404    404   303
exchange.accept POST             /replies/{reply}/accept                       in  303    403    403   303

# -- translating, wishes
exchange.translate GET           /practices/{practice}/translate/fr            in  200    200    403   403
exchange.translate GET           /practices/{practice}/translate/lv            in  403    403    200   200
exchange.translate GET           /practices/{draft_practice}/translate/fr      in  403    403    404   403
exchange.translate POST          /practices/{practice}/translate/fr            in  422    422    403   403
exchange.keep_translation POST   /practices/{practice}/translate/fr/still-right  in  422    422    403   403
exchange.wish POST               /practices/{practice}/wish                    in  422    422    422   422
exchange.wish POST               /practices/{draft_practice}/wish              in  403    403    404   403
exchange.withdraw_wish POST      /practices/{practice}/wish/withdraw           in  303    303    303   303
exchange.wishes GET              /practices/wishes                             in  200    200    200   200
exchange.translate_by_machine POST /practices/{practice}/translated/lv         in  303    303    303   303
exchange.translate_by_machine POST /practices/{draft_practice}/translated/lv   in  403    403    404   403
exchange.translate_reply POST    /replies/{reply}/translate/lv                 in  303    303    303   303
exchange.translate_reply POST    /replies/{hidden_reply}/translate/lv          in  403    404    404   403
exchange.reply_translation GET   /replies/{reply}/translation/fr               in  200    200    403   403
exchange.reply_translation GET   /replies/{hidden_reply}/translation/fr        in  403    404    404   403
exchange.reply_translation POST  /replies/{reply}/translation/fr               in  422    422    403   403

# -- resources
resources.index GET              /resources                                   200  200    200    200   200
resources.index GET              /resources?show=ours                         200  200    200    200   200
resources.show GET               /resources/{resource}                        404  200    200    200   200
resources.show GET               /resources/{public_resource}                 200  200    200    200   200
resources.show GET               /resources/{private_resource}                404  200    200    404   200
resources.similar GET            /resources/similar?title=guide                in  200    200    200   200
resources.new GET                /resources/new                                in  200    200    200   200
resources.new POST               /resources/new                                in  422    422    422   422
resources.edit GET               /resources/{resource}/edit                    in  200    200    403   200
resources.edit POST              /resources/{resource}/edit                    in  422    422    403   422
resources.edit GET               /resources/{private_resource}/edit            in  200    200    404   200
resources.publish POST           /resources/{private_resource}/publish         in  303    303    404   303
resources.publish POST           /resources/{resource}/publish                 in  303    303    403   303
resources.withdraw POST          /resources/{resource}/withdraw                in  303    303    403   303
resources.reviewed GET           /resources/{resource}/reviewed                in  200    200    403   200
resources.reviewed POST          /resources/{resource}/reviewed                in  422    422    403   422
resources.remove POST            /resources/{private_resource}/remove          in  303    303    404   303
resources.remove POST            /resources/{resource}/remove                  in  409    409    403   409
resources.versions GET           /resources/{resource}/versions               404  200    200    200   200
resources.versions GET           /resources/{public_resource}/versions        200  200    200    200   200
resources.versions GET           /resources/{private_resource}/versions       404  200    200    404   200
resources.new_version GET        /resources/{resource}/versions/new            in  200    200    403   200
resources.new_version POST       /resources/{resource}/versions/new            in  422    422    403   422
resources.new_version GET        /resources/{private_resource}/versions/new    in  200    200    404   200
resources.remove_version POST    /resources/{resource}/versions/{resource_file}/remove  in  303  303  403  303
resources.download GET           /resources/versions/{resource_file}/file      in  200    200    200   200
resources.download GET           /resources/versions/{private_file}/file       in  200    200    404   200
resources.preview GET            /resources/versions/{resource_file}/preview   in  404    404    404   404
resources.wish POST              /resources/{resource}/wish                    in  422    422    422   422
resources.wish POST              /resources/{private_resource}/wish            in  403    403    404   403
resources.withdraw_wish POST     /resources/{resource}/wish/withdraw           in  422    422    422   422
resources.translate POST         /resources/{resource}/translating             in  422    422    422   422
resources.stop_translating POST  /resources/{resource}/translating/stop        in  422    422    422   422
resources.collections GET        /collections                                 200  200    200    200   200
resources.collection GET         /collections/{collection}                    404  200    200    200   200
resources.collection GET         /collections/{public_collection}             200  200    200    200   200
resources.collection GET         /collections/{private_collection}            404  200    200    404   200
resources.new_collection GET     /collections/new                              in  200    200    200   200
resources.new_collection POST    /collections/new                              in  422    422    422   422
resources.edit_collection GET    /collections/{collection}/edit                in  200    200    403   200
resources.edit_collection POST   /collections/{collection}/edit                in  422    422    403   422
resources.publish_collection POST /collections/{private_collection}/publish    in  303    303    404   303
resources.withdraw_collection POST /collections/{collection}/withdraw          in  303    303    403   303
resources.remove_collection POST /collections/{private_collection}/remove      in  303    303    404   303
resources.put POST               /collections/put                              in  422    422    422   422
resources.take_out POST          /collections/{collection}/items/{resource}/take-out  in  303  303  403  303
resources.move_up POST           /collections/{collection}/items/{resource}/up  in  303    303    403   303
resources.pack GET               /collections/{collection}/zip                404  200    200    200   200
resources.pack GET               /collections/{private_collection}/zip        404  200    200    404   200
exchange.used_resources GET      /practices/{practice}/resources               in  200    200    403   200
exchange.used_resources POST     /practices/{practice}/resources               in  422    422    403   422
exchange.stop_using_resource POST /practices/{practice}/resources/remove       in  422    422    403   422

# -- coming to events, and after them
trainings.ics GET                /trainings/{event}.ics                        404  200    200    200   200
trainings.ics GET                /trainings/{public_event}.ics                 200  200    200    200   200
trainings.ics GET                /trainings/{draft_event}.ics                  404  404    200    404   200
trainings.guest_ics GET          /guest/7-forged/event.ics                     404  404    404    404   404
trainings.guest_material GET     /guest/7-forged/materials/1                   404  404    404    404   404
trainings.feed GET               /calendar/7-forged.ics                        404  404    404    404   404
trainings.calendar_settings GET  /me/calendar                                   in  200    200    200   200
trainings.renew_feed POST        /me/calendar/own                               in  303    303    303   303
trainings.check_in GET           /trainings/{event}/check-in                    in  403    200    403   200
trainings.check_in GET           /trainings/{draft_event}/check-in              in  404    200    404   200
trainings.mark POST              /trainings/{event}/check-in                    in  403    404    403   404
trainings.new_check_in_code POST /trainings/{event}/check-in/code                in  403    303    403   303
trainings.poster GET             /trainings/{event}/check-in/poster             in  403    404    403   404
trainings.sheet GET              /trainings/{event}/attendance.pdf              in  403    200    403   200
trainings.badge GET              /registrations/{registration}/badge            in  200    404    404   404
trainings.guest_badge GET        /guest/7-forged/badge                         404  404    404    404   404
trainings.scan GET               /badges/7-forged                               in  404    404    404   404
trainings.scan POST              /badges/7-forged                               in  404    404    404   404
trainings.check_in_code GET      /trainings/{event}/here                        in  200    200    200   200
trainings.check_in_code POST     /trainings/{event}/here                        in  422    200    200   200
trainings.guest_check_in_code GET /guest/7-forged/here                          404  404    404    404   404
trainings.guest_check_in_code POST /guest/7-forged/here                         404  404    404    404   404
trainings.certificate GET        /registrations/{came}/certificate              in  200    404    404   404
trainings.certificate POST       /registrations/{came}/certificate              in  303    404    404   404
trainings.certificate_pdf GET    /registrations/{came}/certificate.pdf           in  200    404    404   404
trainings.guest_certificate GET  /guest/7-forged/certificate                   404  404    404    404   404
trainings.guest_certificate POST /guest/7-forged/certificate                   404  404    404    404   404
trainings.guest_certificate_pdf GET /guest/7-forged/certificate.pdf             404  404    404    404   404
trainings.verify GET             /certificates/{certificate}                   200  200    200    200   200
trainings.feedback_form GET      /registrations/{came}/feedback                 in  200    404    404   404
trainings.feedback_form POST     /registrations/{came}/feedback                 in  422    404    404   404
trainings.guest_feedback_form GET /guest/7-forged/feedback                      404  404    404    404   404
trainings.guest_feedback_form POST /guest/7-forged/feedback                     404  404    404    404   404
trainings.waive_feedback POST    /registrations/{came}/feedback/none            in  303    404    404   404
trainings.guest_waive_feedback POST /guest/7-forged/feedback/none               404  404    404    404   404
trainings.feedback_results GET   /trainings/{event}/feedback                    in  403    200    403   200
trainings.feedback_file GET      /trainings/{event}/feedback.csv                in  403    404    403   404
trainings.used GET               /registrations/{came}/used                     in  200    404    404   404
trainings.used_nothing POST      /registrations/{came}/used                     in  303    404    404   404
trainings.letters GET            /trainings/{event}/letters                     in  403    200    403   200
trainings.new_letter GET         /trainings/{event}/letters/new                 in  403    200    403   200
trainings.new_letter POST        /trainings/{event}/letters/new                 in  403    422    403   422
trainings.letter GET             /trainings/{event}/letters/{held_letter}        in  403    200    403   200
trainings.edit_letter GET        /trainings/{event}/letters/{held_letter}/edit   in  403    200    403   200
trainings.edit_letter POST       /trainings/{event}/letters/{held_letter}/edit   in  403    303    403   303
trainings.send_letter POST       /trainings/{event}/letters/{held_letter}/send   in  403    303    403   303
trainings.drop_letter POST       /trainings/{event}/letters/{held_letter}/drop   in  403    303    403   303
trainings.hours GET              /trainings/hours                               in  200    200    200   200
trainings.hours_file GET         /trainings/hours.xlsx                          in  200    200    200   200

# -- notices, following
notices.index GET                /notices                                      in  200    200    200   200
notices.read_all POST            /notices/read                                 in  303    303    303   303
notices.stop GET                 /notices/stop/7-forged                       410  410    410    410   410
notices.stop POST                /notices/stop/7-forged                       410  410    410    410   410
exchange.following GET           /notices/following                            in  200    200    200   200
exchange.follow POST             /notices/following                            in  400    400    400   400

# -- reports, moderation
exchange.report GET              /report/reply/{reply}                         in  200    200    200   200
exchange.report GET              /report/reply/{hidden_reply}                  in  200    404    404   200
exchange.report GET              /report/practice/{practice}                   in  200    200    200   200
exchange.report GET              /report/practice/{draft_practice}             in  200    200    404   200
exchange.report POST             /report/reply/{reply}                         in  422    422    422   422
exchange.report GET              /report/adoption/{adoption}                   in  200    200    200   200
exchange.report GET              /report/adoption/{hidden_adoption}            in  200    200    404   200
exchange.reports GET             /discussions/reports                          in  403    403    403   200
exchange.reports GET             /discussions/reports?show=waiting             in  403    403    403   200
exchange.reports GET             /discussions/reports?show=settled             in  403    403    403   200
exchange.report_case GET         /discussions/reports/{report}                 in  404    404    200   200
exchange.note_report POST        /discussions/reports/{report}/notes           in  403    403    403   422
exchange.settle_report POST      /discussions/reports/{report}/settle          in  403    403    403   303
exchange.moderate GET            /moderation/reply/{reply}                     in  403    403    403   200
exchange.moderate GET            /moderation/practice/{practice}               in  403    403    403   200
exchange.moderate GET            /moderation/adoption/{adoption}               in  403    403    403   200
exchange.moderate_topic GET      /discussions/{topic}/moderate                 in  403    403    403   303
exchange.hide POST               /moderation/reply/{reply}/hide                in  403    403    403   422
exchange.restore POST            /moderation/reply/{hidden_reply}/restore      in  403    403    403   303
exchange.approve POST            /moderation/reply/{reply}/approve             in  403    403    403   303
exchange.refuse POST             /moderation/reply/{reply}/refuse              in  403    403    403   422
exchange.first_posts POST        /moderation/first-texts                       in  403    403    403   303
exchange.remove_version GET      /moderation/reply/{reply}/versions/{reply_version}            in  403    403    403   200
exchange.remove_version POST     /moderation/reply/{reply}/versions/{reply_version}            in  403    403    403   422
exchange.remove_version GET      /moderation/practice/{practice}/versions/{practice_version}   in  403    403    403   200
exchange.own_text GET            /texts/reply/{hidden_reply}                   in  200    404    404   404
exchange.move POST               /discussions/{topic}/move                     in  403    403    403   422
exchange.lock POST               /discussions/{topic}/lock                     in  403    403    403   303
exchange.close_topic POST        /discussions/{topic}/close                    in  403    403    403   303
exchange.pin POST                /discussions/{topic}/pin                      in  403    403    403   303

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
ROWS = [list(LINE.match(line).groups()) for line in TABLE.strip().splitlines() if line.strip() and not line.startswith("#")]
REFUSED = ("in", "400", "403", "404", "409", "410", "422")
READING, DOING = ([row for row in ROWS if row[1] == method] for method in ("GET", "POST"))


def refused(row) -> tuple[str, ...]:
    """The people whom a row refuses."""
    return tuple(person for person, expected in zip(PEOPLE, row[3:], strict=True) if expected in REFUSED)


def parts(rows, together: bool) -> list:
    """Each row for those it refuses and for those it lets in, the latter `together` or each apart; the short run asks the former."""
    found = []
    for row in rows:
        out = refused(row)
        let_in = tuple(person for person in PEOPLE if person not in out)
        groups = [(out, []), *((group, [pytest.mark.long]) for group in ([let_in] if together else zip(let_in, strict=True)))]
        found += [pytest.param(row, people, marks=marks, id=f"{row[2]}-{' '.join(people)}") for people, marks in groups if people]
    return found


@pytest.mark.parametrize(("row", "people"), parts(READING, together=True))
def test_everyone_sees_what_the_table_says(cast, things, browse, row, people):
    _, _, address, *expected = row

    said = [answer_to(browse(getattr(cast, person, None)).get(address.format(**things))) for person in people]

    assert said == [expected[PEOPLE.index(person)] for person in people]


@pytest.mark.parametrize(("row", "people"), parts(DOING, together=False))
def test_everyone_may_what_the_table_says(cast, things, browse, row, people):
    """Those who are refused change nothing and so come together; each who changes something comes alone."""
    _, _, address, *expected = row

    said = [answer_to(browse(getattr(cast, person, None)).post(address.format(**things))) for person in people]

    assert said == [expected[PEOPLE.index(person)] for person in people]


def answer_to(page) -> str:
    """`in` for the way to the sign-in page, else the status."""
    return "in" if page.location.startswith("/sign-in?next") and page.status == 303 else str(page.status)


def test_every_route_has_its_line(app):
    routes = {f"{rule.endpoint} {method}" for rule in app.url_map.iter_rules() for method in rule.methods & {"GET", "POST", "PUT", "PATCH", "DELETE"}}

    assert routes == {f"{row[0]} {row[1]}" for row in ROWS}
