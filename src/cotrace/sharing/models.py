"""Holdings on shelves, circles, agreements and the grants they compile to.

A *shelf* carries everything that decides visibility (owner, kind, category, cap, circle), so a
reader's scope is a short list of shelves, and lists read the index ranges of just those.
"""

from django.db import models

from cotrace.sharing.rules.levels import Level

NUMBER_LENGTH = 40


class Shelf(models.Model):
    """All holdings with the same owner, kind, category, cap and circle."""

    owner = models.CharField(max_length=24)
    kind = models.CharField(max_length=24)
    category = models.CharField(max_length=40)
    cap = models.PositiveSmallIntegerField(default=Level.FULL)
    circle = models.CharField(max_length=NUMBER_LENGTH, blank=True, default="")

    class Meta:
        verbose_name_plural = "shelves"
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "kind", "category", "cap", "circle"], name="one_shelf_per_visibility"
            ),
            models.CheckConstraint(
                condition=models.Q(cap__gte=Level.NOTHING, cap__lte=Level.FULL), name="shelf_cap_known"
            ),
        ]
        indexes = [
            models.Index(fields=["circle", "kind"], condition=~models.Q(circle=""), name="shelf_of_circle")
        ]

    def __str__(self) -> str:
        return f"{self.owner}/{self.kind}/{self.category}"


class Holding(models.Model):
    """Anything an agency owns and may share. `id` is its public number and carries its origin.

    `sort_on` is the date by which lists of the kind are ordered; it is disclosed from TEAR_LINE.
    `follows` names the holding of the same owner whose cap and circle it always shares, as a gun's seizure.
    """

    id = models.CharField(max_length=NUMBER_LENGTH, primary_key=True)
    shelf = models.ForeignKey(Shelf, on_delete=models.PROTECT, related_name="holdings")
    owner = models.CharField(max_length=24)
    handling = models.CharField(max_length=24, blank=True, default="")
    sensitivity = models.CharField(max_length=24, blank=True, default="")
    created_by = models.CharField(max_length=64)
    created_at = models.DateTimeField()
    sort_on = models.DateField()
    follows = models.CharField(max_length=NUMBER_LENGTH, blank=True, default="")
    reviewed_on = models.DateField(null=True, blank=True)
    purge_on = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["shelf", "-sort_on", "-id"], name="holding_newest_of_shelf"),
            models.Index(fields=["follows"], condition=~models.Q(follows=""), name="holding_followers"),
        ]

    def __str__(self) -> str:
        return self.id


class Circle(models.Model):
    """A need-to-know list inside its owner's agency."""

    id = models.CharField(max_length=NUMBER_LENGTH, primary_key=True)
    owner = models.CharField(max_length=24)
    name = models.CharField(max_length=160)
    created_by = models.CharField(max_length=64)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.id


class CircleMember(models.Model):
    """One person of a circle, and the most that person gets."""

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="members")
    member = models.CharField(max_length=64)
    level = models.PositiveSmallIntegerField(default=Level.FULL)
    added_by = models.CharField(max_length=64)
    added_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["circle", "member"], name="circle_member_once")]
        indexes = [models.Index(fields=["member"], name="circles_of_member")]

    def __str__(self) -> str:
        return f"{self.circle_id} {self.member}"


class Agreement(models.Model):
    """A memorandum that runs. Visible to its parties only."""

    id = models.CharField(max_length=NUMBER_LENGTH, primary_key=True)
    title_en = models.CharField(max_length=200)
    title_es = models.CharField(max_length=200)
    legal_basis = models.TextField(blank=True)
    purposes = models.JSONField(default=list)
    state = models.CharField(max_length=12, default="draft")
    version = models.PositiveIntegerField(default=1)
    starts_on = models.DateField()
    review_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    drafted_by = models.CharField(max_length=24)
    created_at = models.DateTimeField()
    in_force_since_at = models.DateTimeField(null=True, blank=True)
    suspended_by = models.CharField(max_length=24, blank=True, default="")

    def __str__(self) -> str:
        return self.id


class AgreementParty(models.Model):
    """One party, its class of participant, and its signature."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="parties")
    agency = models.CharField(max_length=24)
    participant = models.CharField(max_length=12, default="full")
    is_hidden = models.BooleanField(default=False)
    signed_by = models.CharField(max_length=64, blank=True)
    signer_name = models.CharField(max_length=160, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "agreement parties"
        constraints = [models.UniqueConstraint(fields=["agreement", "agency"], name="party_once")]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.agency}"


class AgreementClause(models.Model):
    """`viewer` sees `owner`'s holdings of `category` at `level`."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="clauses")
    owner = models.CharField(max_length=24)
    viewer = models.CharField(max_length=24)
    category = models.CharField(max_length=40)
    level = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement", "owner", "viewer", "category"], name="clause_once"),
        ]

    def __str__(self) -> str:
        return f"{self.owner}>{self.viewer} {self.category} {self.level}"


class Grant(models.Model):
    """One compiled line: all that visibility across agencies rests on."""

    viewer = models.CharField(max_length=24)
    owner = models.CharField(max_length=24)
    category = models.CharField(max_length=40)
    purpose = models.CharField(max_length=64, blank=True)
    level = models.PositiveSmallIntegerField()
    valid_from_at = models.DateTimeField()
    valid_to_at = models.DateTimeField(null=True, blank=True)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="grants")

    class Meta:
        indexes = [
            models.Index(fields=["viewer", "owner", "category"], name="grants_of_viewer"),
            models.Index(fields=["owner", "category"], name="grants_of_owner"),
        ]

    def __str__(self) -> str:
        return f"{self.owner}>{self.viewer} {self.category} {self.level}"


class EmergencySession(models.Model):
    """A recorded, timed opening of one's own agency's circles, with a reason.

    It counts in the session, or for the token, that opened it (`session`): no other of the same member sees more.
    """

    id = models.CharField(max_length=NUMBER_LENGTH, primary_key=True)
    member = models.CharField(max_length=64)
    session = models.CharField(max_length=64, blank=True, default="")
    agency = models.CharField(max_length=24)
    reason = models.TextField()
    opened_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["member", "ends_at"], name="emergency_of_member")]

    def __str__(self) -> str:
        return self.id
