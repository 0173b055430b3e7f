"""What a role can allow here."""

from cotrace.foundation.permissions import PermissionEnum


class SeizurePermission(PermissionEnum):
    """Acts on seizures."""

    READ = "seizure.read", "List, search and open seizures that one may see"
    RECORD = "seizure.record", "Record a seizure for one's agency"
    EDIT = "seizure.edit", "Correct one's agency's seizures and set who may see them"
    IMPORT = "seizure.import", "Import seizure logs from workbooks and text files"
    EXPORT = "seizure.export", "Export the seizures one may see"
