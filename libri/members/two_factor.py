"""The second factor: a time-based code of an app, kept encrypted, and recovery codes, each good once (S26, S27)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from functools import cache

from cryptography.fernet import Fernet, MultiFernet
from flask import current_app
from sqlalchemy import delete

from ..db import db, now
from .models import Member, RecoveryCode

RECOVERY_CODES = 10
STEP = 30
DRIFT = 1
"""Steps of 30 seconds a clock may be off, either way."""


@cache
def _box(secrets_: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"totp:" + s.encode()).digest())) for s in secrets_])


def _locked() -> MultiFernet:
    config = current_app.config
    return _box((config["SECRET_KEY"], *config["SECRET_KEY_FALLBACKS"]))


def new_secret() -> str:
    """A fresh secret for an authenticator app, base 32."""
    import pyotp

    return pyotp.random_base32()


def address(member: Member, secret: str) -> str:
    """The otpauth:// address that the QR code holds."""
    import pyotp

    return pyotp.TOTP(secret).provisioning_uri(member.email or "", issuer_name="LiBri")


def step_of(secret: str, code: str) -> int | None:
    """The time step a six-digit code belongs to, within one step of drift, or None."""
    import pyotp

    digits = code.replace(" ", "")
    present = int(now().timestamp()) // STEP
    if not (len(digits) == 6 and digits.isascii() and digits.isdigit()):
        return None
    fits = [s for s in range(present - DRIFT, present + DRIFT + 1) if hmac.compare_digest(pyotp.TOTP(secret).generate_otp(s), digits)]
    return fits[0] if fits else None


def turn_on(member: Member, secret: str, step: int) -> list[str]:
    """Set the second factor inside write_tx(); return the ten recovery codes, shown once."""
    member.totp_secret = _locked().encrypt(secret.encode()).decode()
    member.totp_last_step = step
    return new_recovery_codes(member)


def turn_off(member: Member) -> None:
    """Remove the second factor and its recovery codes, inside write_tx()."""
    member.totp_secret, member.totp_last_step = "", 0
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.member_id == member.id))


def new_recovery_codes(member: Member) -> list[str]:
    """Replace the recovery codes by ten new ones of 120 bits and return them."""
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.member_id == member.id))
    codes = [base64.b32encode(secrets.token_bytes(15)).decode().lower() for _ in range(RECOVERY_CODES)]
    db.session.add_all(RecoveryCode(member_id=member.id, digest=_digest(member, code)) for code in codes)
    return ["-".join(code[i:i + 6] for i in range(0, 24, 6)) for code in codes]


def use(member: Member, code: str) -> bool:
    """Use up a code of the app or a recovery code inside write_tx(); False when it does not fit or was used."""
    step = step_of(_locked().decrypt(member.totp_secret.encode()).decode(), code)
    if step is not None:
        return member.use_code_step(step)
    plain = code.strip().lower().replace("-", "").replace(" ", "")
    used = db.session.execute(delete(RecoveryCode).where(RecoveryCode.member_id == member.id, RecoveryCode.digest == _digest(member, plain)))
    return used.rowcount == 1


def _digest(member: Member, code: str) -> str:
    return hashlib.sha256(f"recovery:{member.id}:{code}".encode()).hexdigest()
