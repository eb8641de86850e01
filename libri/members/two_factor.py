"""The second factor: a time-based code of an app, kept encrypted, and recovery codes, each good once (S26, S27)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from functools import cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from flask import current_app
from markupsafe import Markup
from sqlalchemy import delete

from ..db import db, now
from .models import Member, RecoveryCode

RECOVERY_CODES = 10
STEP = 30
DRIFT = 1
"""Steps of 30 seconds a clock may be off, either way."""
SEALED_MINUTES = 30
"""How long somebody may take to set up the app."""


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


def seal(member: Member, text: str) -> str:
    """Encrypt `text` for a short stay in the browser of `member`: it can be sent back, not read."""
    return _locked().encrypt_at_time(f"{member.id}:{text}".encode(), int(now().timestamp())).decode()


def unseal(member: Member, sealed: str | None) -> str | None:
    """What `seal` hid for this member, or None when it is forged, somebody else's or too old."""
    try:
        text = _locked().decrypt_at_time((sealed or "").encode(), SEALED_MINUTES * 60, int(now().timestamp())).decode()
    except InvalidToken:
        return None
    owner, _, hidden = text.partition(":")
    return hidden if owner == str(member.id) else None


def drawing(member: Member, secret: str) -> Markup:
    """The QR code an authenticator app scans, as SVG without any style of its own."""
    import segno

    code = segno.make(address(member, secret), error="m", micro=False)
    return Markup(code.svg_inline(border=4, dark="#000", light="#fff", omitsize=True, svgclass=None, lineclass=None))  # noqa: S704


def address(member: Member, secret: str) -> str:
    """The otpauth:// address that the QR code holds."""
    import pyotp

    return pyotp.TOTP(secret).provisioning_uri(name=member.email or "", issuer_name="LiBri")


def step_of(secret: str, code: str) -> int | None:
    """The time step a six-digit code belongs to, within one step of drift, or None."""
    import pyotp

    digits = "".join(code.split())
    present = int(now().timestamp()) // STEP
    if not (secret and len(digits) == 6 and digits.isascii() and digits.isdigit()):
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
    step = step_of(_secret_of(member), code)
    if step is not None:
        return member.use_code_step(step)
    plain = code.strip().lower().replace("-", "").replace(" ", "")
    used = db.session.execute(
        delete(RecoveryCode).where(RecoveryCode.member_id == member.id, RecoveryCode.digest == _digest(member, plain)))
    return used.rowcount == 1


def _secret_of(member: Member) -> str:
    """The app's secret, or "" when there is none or the key it was locked with is gone; recovery codes still work then."""
    try:
        return _locked().decrypt(member.totp_secret.encode()).decode()
    except InvalidToken:
        return ""


def _digest(member: Member, code: str) -> str:
    return hashlib.sha256(f"recovery:{member.id}:{code}".encode()).hexdigest()
