"""What is done with attachments: kept, withdrawn, checked against their hashes."""
