"""Every address of hours that members offer each other; a verb's address ends in the verb."""

from django.urls import path

from mentorship.cohorts.views import hours

SLOT = "<slug:slug>/hours/<int:pk>/"

urlpatterns = [
    path("<slug:slug>/hours/", hours.hours, name="hours"),
    path("<slug:slug>/hours/offer/", hours.offer, name="offer"),
    path(SLOT, hours.slot, name="slot"),
    path(f"{SLOT}book/", hours.book, name="book"),
    path(f"{SLOT}withdraw/", hours.withdraw, name="withdraw_slot"),
    path(f"{SLOT}call-off/", hours.call_off, name="call_off"),
    path(f"{SLOT}say/", hours.say, name="say"),
]
