"""This room through the JSON door: memoranda, explanations, circles."""

from ninja import Router

from cotrace.sharing.api.circles import router as circles
from cotrace.sharing.api.records import router as records

router = Router(tags=["sharing"])
router.add_router("", records)
router.add_router("", circles)

__all__ = ["router"]
