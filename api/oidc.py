"""The two routes of a sign-in at an OpenID Connect provider: there, and back."""

import json
from dataclasses import asdict

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from accounts.oidc import Flow, Provider, address_of, login_of
from api.guard import OIDC, OIDC_BACK
from models.errors import AccountRefused
from settings import Settings

FLOW = "tracker_oidc"
"""The cookie that holds what a browser took along. It is of no use without the answer of the provider."""

FLOW_SECONDS = 600


def provider_of(settings: Settings) -> Provider | None:
    """The provider of the settings; None where there is none."""
    if not settings.oidc_issuer:
        return None
    back = f"{settings.own_url}{OIDC_BACK}"
    return Provider(settings.oidc_issuer, settings.oidc_client, settings.oidc_secret, settings.oidc_claim, back)


async def leave(provider: Provider, to: str, *, secure: bool) -> Response:
    """Leads to the provider. Raises AccountRefused where it cannot be reached."""
    flow = Flow.new()
    answer = RedirectResponse(await run_in_threadpool(address_of, provider, flow), 303)
    answer.headers["Cache-Control"] = "no-store"
    kept = json.dumps({**asdict(flow), "next": to}).encode().hex()
    # Lax, not strict: it has to come along when the provider leads back.
    answer.set_cookie(FLOW, kept, FLOW_SECONDS, path=OIDC, httponly=True, samesite="lax", secure=secure)
    return answer


async def come_back(provider: Provider, request: Request) -> tuple[str, str]:
    """The login that the provider vouches for, and where the reader wanted to go. Raises AccountRefused."""
    try:
        kept = json.loads(bytes.fromhex(request.cookies.get(FLOW, "")))
        to, flow = str(kept.pop("next")), Flow(**{name: str(value) for name, value in kept.items()})
    except (ValueError, TypeError, KeyError, AttributeError):
        raise AccountRefused("oidc", "The sign-in at your organisation did not succeed: try it again.") from None
    return await run_in_threadpool(login_of, provider, flow, dict(request.query_params)), to
