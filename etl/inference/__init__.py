"""What a contract could say of files that nobody has described yet, with the evidence for it."""
