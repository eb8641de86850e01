"""What people type, by noun: signing in, the account, the profile, invitations."""
