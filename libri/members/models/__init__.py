"""What is true of organisations, members, their sessions and invitations (product.md, members)."""

from .invitations import Invitation
from .members import Member, Membership, RecoveryCode
from .organisations import Organisation, OrganisationLanguage, OrganisationTheme, OrganisationVersion
from .sessions import SignIn

__all__ = ["Invitation", "Member", "Membership", "Organisation", "OrganisationLanguage", "OrganisationTheme",
           "OrganisationVersion", "RecoveryCode", "SignIn"]
