"""Connections to public addresses alone: a name is resolved once, every address it has is checked, and the one that was checked is connected to.

Checked at every connection, hence after every redirect; a name that changes its address meanwhile (rebinding) gains nothing.
"""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Iterable
from typing import Any

import httpcore

from ..errors import InputError

__all__ = ["ForbiddenError", "Guarded", "is_public"]

_TRIED = 4
_WITHIN = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("64:ff9b:1::/48"))  # IPv4 addresses translated (RFC 6052, RFC 8215)


class ForbiddenError(InputError):
    """An address of this machine or of a private network."""


def is_public(address: str) -> bool:
    """True for an address that anyone may reach: not private, loopback, link-local, reserved, multicast, nor IPv6 that stands for such a one."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None)
        if any(found in network for network in _WITHIN):
            inner = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return found.is_global and not found.is_multicast and not found.is_reserved


class Guarded(httpcore.NetworkBackend):
    """Connects for one reader; ``deadline`` (of time.monotonic) ends every read, however slowly bytes come."""

    def __init__(self, allow: Iterable[str]) -> None:
        self._allow = {name.strip().lower().strip("[]") for name in allow}
        self._plain = httpcore.SyncBackend()
        self.deadline = float("inf")

    def connect_tcp(
        self, host: str, port: int, timeout: float | None = None, local_address: str | None = None, socket_options: Any = None
    ) -> httpcore.NetworkStream:
        fault: Exception | None = None
        for address in self._addresses(host, port)[:_TRIED]:
            try:
                return _Timed(self._plain.connect_tcp(address, port, self.left(timeout), local_address, socket_options), self)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                fault = error
        raise fault or httpcore.ConnectError("no address")

    def left(self, timeout: float | None) -> float:
        """Seconds that may still pass. Raises ReadTimeout where none are left."""
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the time for this page is over")
        return left if timeout is None else min(left, timeout)

    def _addresses(self, host: str, port: int) -> list[str]:
        try:
            found = list(dict.fromkeys(str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"the name {host} cannot be resolved ({error})") from None
        if not {host.lower().strip("[]"), f"{host.lower()}:{port}"} & self._allow and (inside := [a for a in found if not is_public(a)]):
            where = f"stands at {inside[0]}, an address of this machine or of a private network"
            raise ForbiddenError(host, f"{where}: it is not fetched unless its host is allowed by name (--allow {host})")
        return found


class _Timed(httpcore.NetworkStream):
    """A connection whose reads end at the deadline."""

    def __init__(self, stream: httpcore.NetworkStream, guard: Guarded) -> None:
        self._stream, self._guard = stream, guard

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._guard.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._guard.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None) -> httpcore.NetworkStream:
        return _Timed(self._stream.start_tls(ssl_context, server_hostname, self._guard.left(timeout)), self._guard)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
