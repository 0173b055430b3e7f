"""What a role can allow here."""

from cotrace.foundation.permissions import PermissionEnum


class TracePermission(PermissionEnum):
    """Acts on trace requests, and the tracing centre's acts on traces."""

    READ = "trace.read", "Follow the trace requests that one may see"
    SUBMIT = "trace.submit", "Submit trace requests for one's agency"
    RESULT = "trace.result", "Open the results of one's agency's trace requests, purchaser included"
    WORK = "trace.work", "Tracing centre: work the queue, take traces, enter and accept answers"
    TRANSFEREE = "trace.transferee", "Tracing centre: see the purchaser on a trace before its release, take out the file of a result that names one"
    RELEASE = "trace.release", "Tracing centre: release or withhold results, free traces of others"
    HOLD = "trace.hold", "Tracing centre: set and lift contact holds"
    REGISTER = "trace.register", "Tracing centre: keep the register of licensees and their connectors"
