"""Addresses of this room, under exchange/."""

from django.urls import path

from cotrace.exchange.views import files, listing, peers, receive

app_name = "exchange"

urlpatterns = [
    path("", listing.messages, name="messages"),
    path("receive", receive.receive, name="receive"),
    path("files/<str:number>", files.record, name="file"),
    path("received/<str:message>/<str:peer>", files.received, name="received"),
    path("received/<str:message>/<str:peer>/acknowledgement", files.acknowledgement, name="acknowledgement"),
    path("peers/", peers.peers, name="peers"),
    path("peers/<str:code>", peers.peer, name="peer"),
    path("key", peers.own_key_file, name="key_file"),
]
