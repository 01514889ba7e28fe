"""What a person can do in their client, and what that client does not let them do."""
