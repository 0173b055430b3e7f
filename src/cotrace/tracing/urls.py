"""Addresses of this room: the asking agency's under traces/, the tracing centre's under centre/."""

from django.urls import path

from cotrace.tracing.views import (
    centre_acts,
    centre_answer,
    centre_correct,
    centre_endings,
    centre_entry,
    centre_hold,
    centre_queue,
    centre_register,
    centre_trace,
    requests,
    result_pdf,
    results,
    submitting,
)

app_name = "tracing"

urlpatterns = [
    path("traces/", requests.requests, name="requests"),
    path("traces/submit/<str:firearm>/", submitting.request_submit, name="submit"),
    path("traces/<str:number>", requests.request_page, name="request"),
    path("traces/<str:number>/result", results.result, name="result"),
    path("traces/<str:number>/result.json", results.result_json, name="result_json"),
    path("traces/<str:number>/result/<str:language>.pdf", result_pdf.result_pdf, name="result_pdf"),
    path("centre/", centre_queue.queue, name="queue"),
    path("centre/licensees/", centre_register.licensees, name="licensees"),
    path("centre/licensees/new", centre_entry.licensee_new, name="licensee_new"),
    path("centre/licensees/<str:number>", centre_register.licensee, name="licensee"),
    path("centre/licensees/<str:number>/edit", centre_entry.licensee_edit, name="licensee_edit"),
    path("centre/licensees/<str:number>/hold", centre_hold.hold, name="licensee_hold"),
    path("centre/traces/<str:number>", centre_trace.trace, name="trace"),
    path("centre/traces/<str:number>/pulse", centre_trace.pulse, name="trace_pulse"),
    path("centre/traces/<str:number>/purchaser", centre_trace.purchaser, name="trace_purchaser"),
    path("centre/traces/<str:number>/take", centre_acts.take, name="take"),
    path("centre/traces/<str:number>/leave", centre_acts.leave, name="leave"),
    path("centre/traces/<str:number>/accept", centre_acts.accept, name="accept"),
    path("centre/traces/<str:number>/continue", centre_acts.go_on, name="continue"),
    path("centre/traces/<str:number>/start", centre_acts.start, name="start"),
    path("centre/traces/<str:number>/answer", centre_answer.answer, name="answer"),
    path("centre/traces/<str:number>/correct", centre_correct.correct, name="correct"),
    path("centre/traces/<str:number>/ask-again", centre_acts.ask_again, name="ask_again"),
    path("centre/traces/<str:number>/conclude", centre_endings.conclude, name="conclude"),
    path("centre/traces/<str:number>/hold", centre_acts.hold, name="hold"),
    path("centre/traces/<str:number>/release", centre_endings.release, name="release"),
    path("centre/traces/<str:number>/withhold", centre_endings.withhold, name="withhold"),
]
