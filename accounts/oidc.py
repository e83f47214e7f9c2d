"""Signing in at an OpenID Connect provider: the authorization code with PKCE. Who it is, a local account says."""

import base64
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

import httpx2
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from models.errors import AccountRefused

SCOPE = "openid profile email"
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
"""Signatures that only the provider can make: none, and those with a shared secret, are not among them."""

SECONDS = 10
"""How long the provider may take for one answer."""

LEEWAY = 60
"""So many seconds the provider's clock may differ from ours."""

LOCAL = ("http://127.0.0.1:", "http://localhost:", "http://[::1]:")


@dataclass(frozen=True, slots=True)
class Provider:
    """The provider of the settings. `claim` names what holds the login; `back` is the address it leads back to."""

    issuer: str
    client: str
    secret: str
    claim: str
    back: str


@dataclass(frozen=True, slots=True)
class Flow:
    """What this browser took along: only it can come back with an answer to it."""

    state: str
    nonce: str
    verifier: str

    @classmethod
    def new(cls) -> "Flow":
        """Three secrets that nobody can guess."""
        return cls(*(secrets.token_urlsafe(32) for _ in range(3)))


def address_of(provider: Provider, flow: Flow) -> str:
    """Where the reader signs in. Raises AccountRefused where the provider cannot be asked."""
    with _client() as client:
        known = _metadata(client, provider)
    challenge = base64.urlsafe_b64encode(sha256(flow.verifier.encode()).digest()).rstrip(b"=").decode()
    query = {
        "response_type": "code",
        "client_id": provider.client,
        "redirect_uri": provider.back,
        "scope": SCOPE,
        "state": flow.state,
        "nonce": flow.nonce,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    address = str(known["authorization_endpoint"])
    return f"{address}{'&' if '?' in address else '?'}{urlencode(query)}"


def login_of(provider: Provider, flow: Flow, answered: Mapping[str, str]) -> str:
    """The login that the provider vouches for. Raises AccountRefused for whatever is no answer to `flow`."""
    if not secrets.compare_digest(answered.get("state", "").encode(), flow.state.encode()) or "code" not in answered:
        raise _refused()
    with _client() as client:
        known = _metadata(client, provider)
        form = {
            "grant_type": "authorization_code",
            "code": answered["code"],
            "redirect_uri": provider.back,
            "code_verifier": flow.verifier,
        }
        given = _json(client.post, str(known["token_endpoint"]), data=form, auth=(provider.client, provider.secret))
        claims = _claims(provider, flow, known, str(given.get("id_token", "")), _keys(client, known))
        if provider.claim not in claims and "userinfo_endpoint" in known:
            bearer = {"authorization": f"Bearer {given.get('access_token', '')}"}
            told = _json(client.get, str(known["userinfo_endpoint"]), headers=bearer)
            claims = {**told, **claims} if told.get("sub") == claims["sub"] else claims
    login = claims.get(provider.claim)
    unproven = provider.claim == "email" and claims.get("email_verified") is not True
    if not isinstance(login, str) or not login or unproven:
        raise _refused()
    return login


def _claims(provider: Provider, flow: Flow, known: dict[str, Any], token: str, keys: KeySet) -> dict[str, Any]:
    """What a token says, if it is the provider's, for us, for this flow, and of now."""
    try:
        claims: dict[str, Any] = jwt.decode(token, keys, algorithms=list(ALGORITHMS)).claims
        now = int(time.time())
        jwt.JWTClaimsRegistry(
            now=now,
            leeway=LEEWAY,
            iss={"essential": True, "value": known["issuer"]},
            aud={"essential": True, "value": provider.client},
            exp={"essential": True},
            iat={"essential": True},
            sub={"essential": True},
            nonce={"essential": True, "value": flow.nonce},
        ).validate(claims)
    except (JoseError, ValueError) as error:
        raise _refused() from error
    if claims.get("azp", provider.client) != provider.client:
        raise _refused()
    return claims


def _client() -> httpx2.Client:
    return httpx2.Client(timeout=SECONDS, follow_redirects=False)


def _metadata(client: httpx2.Client, provider: Provider) -> dict[str, Any]:
    """What the provider says of itself; it must be who it was asked as, and name encrypted addresses."""
    issuer = provider.issuer.rstrip("/")
    known = _json(client.get, f"{issuer}/.well-known/openid-configuration")
    needed = ("authorization_endpoint", "token_endpoint", "jwks_uri")
    addresses = [str(known.get(name, "")) for name in needed]
    if str(known.get("issuer", "")).rstrip("/") != issuer or not all(_is_safe(each) for each in addresses):
        raise _unreachable()
    return known


def _is_safe(address: str) -> bool:
    return address.startswith(("https://", *LOCAL))


def _keys(client: httpx2.Client, known: dict[str, Any]) -> KeySet:
    try:
        return KeySet.import_key_set(_json(client.get, str(known["jwks_uri"])))  # type: ignore[arg-type]
    except (JoseError, ValueError, KeyError, TypeError) as error:
        raise _unreachable() from error


def _json(ask: Any, address: str, **about: Any) -> dict[str, Any]:
    """An answer as an object. Raises AccountRefused where there is none, or another one."""
    try:
        answer = ask(address, **about)
        found = answer.json() if answer.status_code == httpx2.codes.OK else None
    except (httpx2.HTTPError, httpx2.InvalidURL, ValueError) as error:
        raise _unreachable() from error
    if not isinstance(found, dict):
        raise _refused()
    return found


def _refused() -> AccountRefused:
    return AccountRefused("oidc", "The sign-in at your organisation did not succeed: try it again.")


def _unreachable() -> AccountRefused:
    words = "Your organisation's sign-in cannot be reached: try it later, or use a password."
    return AccountRefused("oidc_away", words)
