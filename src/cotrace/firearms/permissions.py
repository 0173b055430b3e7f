"""What a role can allow here."""

from cotrace.foundation.permissions import PermissionEnum


class FirearmPermission(PermissionEnum):
    """Acts on descriptions of guns."""

    READ = "firearm.read", "Open the guns of the seizures that one may see"
    DESCRIBE = "firearm.describe", "Describe a gun taken in one's agency's seizure"
    CORRECT = "firearm.correct", "Correct the description of a gun of one's agency"
