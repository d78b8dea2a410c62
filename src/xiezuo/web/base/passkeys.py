"""Where passkeys work: browsers open them for a name reached over HTTPS, and for localhost; never for a bare number."""

from ipaddress import ip_address

from django.http import HttpRequest
from django.http.request import split_domain_port

ASKED = "passkey_asked"


def host_of(request: HttpRequest) -> str:
    """The name a passkey is bound to: the host of the address, without its port."""
    return split_domain_port(request.get_host())[0]


def passkeys_work(request: HttpRequest) -> bool:
    host = host_of(request)
    try:
        ip_address(host.strip("[]"))
    except ValueError:
        return request.is_secure() or host == "localhost" or host.endswith(".localhost")
    return False
