"""What schemathesis needs to come further than the door: a case that is there, its receipt, and an officer's signature."""

import base64
import hashlib
import json
import os
import time
from pathlib import Path

import requests
import schemathesis
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

OFFICE, LOOKUP, TOKEN, PAPER = (
    os.environ[name] for name in ("ANJU_OFFICE", "ANJU_LOOKUP", "ANJU_TOKEN", "ANJU_PAPER")
)
LINES = Path(os.environ["ANJU_KEY"]).read_text(encoding="utf-8").splitlines()
KEY = dict(line.removeprefix("# ").split(": ", 1) for line in LINES if line.startswith("# ") and ": " in line)
SIGNING = Ed25519PrivateKey.from_private_bytes(base64.b64decode(KEY["signing"]))


def text(value):
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


class Receipt(requests.auth.AuthBase):
    def __call__(self, request):
        request.headers["Authorization"] = f"Receipt {TOKEN}"
        return request


class Staff(requests.auth.AuthBase):
    """Signs each request as protocol/src/staff.rs says."""

    def __call__(self, request):
        body = request.body or b""
        body = body.encode() if isinstance(body, str) else body
        now = int(time.time())
        claims = {"kid": KEY["kid"], "office": KEY["office"], "role": KEY["role"], "iat": now, "exp": now + 300}
        claims |= {"method": request.method, "path": request.path_url, "body": hashlib.sha256(body).hexdigest()}
        signed = text(b'{"alg":"EdDSA","typ":"anju-staff"}') + "." + text(json.dumps(claims).encode())
        request.headers["Authorization"] = f"Staff {signed}.{text(SIGNING.sign(signed.encode()))}"
        return request


schemathesis.auth.set_from_requests(Receipt()).apply_to(path_regex="^/api/cases/")
schemathesis.auth.set_from_requests(Staff()).apply_to(path_regex="^/api/desk/")


@schemathesis.hook
def map_path_parameters(context, parameters):
    """What could be an id is, seven times of eight, the one that is there."""
    known = {"office": OFFICE, "lookup": LOOKUP, "paper": PAPER, "part": "0"}
    for name, value in (parameters or {}).items():
        if isinstance(value, str) and hashlib.sha256(value.encode()).digest()[0] % 8:
            parameters[name] = known.get(name, value)
    return parameters


@schemathesis.hook
def map_body(context, body):
    """A document that is there, and the office that is asked: otherwise nothing behind them is reached."""
    for name in ("document", "office"):
        if isinstance(body, dict) and isinstance(body.get(name), str) and len(body[name]) % 4:
            body[name] = OFFICE
    return body
