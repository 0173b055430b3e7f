"""Agencies, units, members, roles and tokens.

Agencies are named by code everywhere else: no table outside this room has a foreign key to an
agency, because two agencies may live on two installations.
"""

import uuid
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


class Agency(models.Model):
    """An agency that takes part: its code, its names, how to reach its liaison desk."""

    code = models.CharField(max_length=24, primary_key=True)
    name_en = models.CharField(max_length=160)
    name_es = models.CharField(max_length=160)
    country = models.CharField(max_length=2)
    participant = models.CharField(max_length=12, default="full")
    liaison_name = models.CharField(max_length=160, blank=True)
    liaison_phone = models.CharField(max_length=40, blank=True)
    liaison_email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        verbose_name_plural = "agencies"

    def __str__(self) -> str:
        return self.code


class AgencyDomain(models.Model):
    """An e-mail domain that is one agency's alone: its administrators add members there and nowhere else.

    So that nobody can learn, by adding an address, that another agency has an account with it.
    """

    domain = models.CharField(max_length=120, primary_key=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="domains")

    def __str__(self) -> str:
        return self.domain


class Unit(models.Model):
    """A field office, laboratory, prosecutor's desk or watch centre of an agency."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="units")
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=160)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "code"], name="one_unit_per_code")]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.code}"


class MemberManager(BaseUserManager["Member"]):
    """Looks members up by e-mail address, as the sign-in page does."""

    def get_by_natural_key(self, username: str | None) -> "Member":
        """Return the member with that e-mail address, whatever its case."""
        return self.get(email__iexact=username)


class Member(AbstractBaseUser):
    """A person of one agency who can sign in. No superuser exists."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=160)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="members")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="members")
    badge = models.CharField(max_length=40, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=8, default="en")
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    joined_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[MemberManager] = MemberManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_demo=False) | models.Q(email__endswith=".example"),
                name="demo_member_is_no_real_person",
            ),
        ]

    def __str__(self) -> str:
        return self.email

    def get_full_name(self) -> str:
        """Return the name shown on pages."""
        return self.name


class Role(models.Model):
    """A role is data: a code, its names, and the permissions it holds."""

    code = models.CharField(max_length=40, primary_key=True)
    label_en = models.CharField(max_length=120)
    label_es = models.CharField(max_length=120)

    def __str__(self) -> str:
        return self.code


class RolePermission(models.Model):
    """One permission code of one role."""

    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="permissions")
    permission = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["role", "permission"], name="role_permission_once"),
        ]

    def __str__(self) -> str:
        return f"{self.role_id} {self.permission}"


class MemberRole(models.Model):
    """One role of one member, with who gave it and until when."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="member_roles")
    role = models.ForeignKey(Role, on_delete=models.PROTECT)
    given_by = models.CharField(max_length=64)
    given_at = models.DateTimeField(auto_now_add=True)
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "role"], name="member_role_once")]

    def __str__(self) -> str:
        return f"{self.member_id} {self.role_id}"


class ApiToken(models.Model):
    """A member's key for the API and the terminal; only its SHA-256 is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=80)
    secret_sha256 = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class OneTimeLink(models.Model):
    """A link by which a member sets a password once; only the SHA-256 of its secret is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="links")
    secret_sha256 = models.CharField(max_length=64, unique=True)
    made_by = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"link {self.pk}"


class LoginCode(models.Model):
    """A terminal that asks to act for a member: both its codes hashed, single use, ten minutes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code_sha256 = models.CharField(max_length=64, unique=True)
    secret_sha256 = models.CharField(max_length=64, unique=True)
    terminal = models.CharField(max_length=80)
    address = models.GenericIPAddressField()
    wanted = models.JSONField(default=list)
    state = models.CharField(max_length=8, default="waiting")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, null=True, blank=True, related_name="login_codes")
    scopes = models.JSONField(default=list)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["waiting", "approved", "denied", "used"]),
                name="login_code_state_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.terminal} {self.state}"


class TryCount(models.Model):
    """Tries that one key (an account, an address) has spent; `key` is hashed, so it names nobody."""

    key = models.CharField(max_length=64, primary_key=True)
    count = models.PositiveSmallIntegerField()
    last_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.key[:8]} {self.count}"
