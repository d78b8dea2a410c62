from django.urls import path

from xiezuo.web.staff.service.referrals import links, listing, one, transfers

urlpatterns = [
    path("referrals/", listing.listing, name="referrals"),
    path("referrals/<int:pk>/", one.one, name="referral"),
    path("referrals/<int:pk>/agreed/", one.agreed, name="referral_agreed"),
    path("referrals/<int:pk>/override/", one.override, name="override_referral"),
    path("referrals/<int:pk>/send/", one.send, name="send_referral"),
    path("referrals/<int:pk>/answer/", one.answer, name="answer_referral"),
    path("referrals/<int:pk>/outcome/", one.outcome, name="outcome_of_referral"),
    path("referrals/<int:pk>/revoke/", one.revoke, name="revoke_referral"),
    path("referrals/<int:pk>/close/", one.close, name="close_referral"),
    path("referrals/<int:pk>/link/", links.make, name="make_referral_link"),
    path("referrals/<int:pk>/link/end/", links.end, name="end_referral_link"),
    path("transfers/case/<int:pk>/", transfers.propose, name="propose_transfer"),
    path("transfers/<int:pk>/", transfers.one, name="transfer"),
    path("transfers/<int:pk>/answer/", transfers.answer, name="answer_transfer"),
    path("transfers/<int:pk>/revoke/", transfers.revoke, name="revoke_transfer"),
]
