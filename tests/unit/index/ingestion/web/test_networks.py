from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.ingestion.web.networks import refusal
from index.ingestion.web.options import WebOptions

OPTIONS = WebOptions("test")
PRIVATE = WebOptions("test", allow_private_networks=True)

# the address, whose it is, and whether an operator may open it
SPECIAL = [
    ("127.0.0.1", "this machine", True),
    ("127.255.255.254", "this machine", True),
    ("::1", "this machine", True),
    ("::ffff:127.0.0.1", "this machine", True),
    ("64:ff9b::7f00:1", "this machine", True),
    ("10.1.2.3", "a private network", True),
    ("172.16.0.1", "a private network", True),
    ("172.31.255.255", "a private network", True),
    ("192.168.1.1", "a private network", True),
    ("fd00:ec2::254", "a cloud's own services", False),
    ("fd20:ce::254", "a cloud's own services", False),
    ("fd20:ce::1", "a private network", True),
    ("fc00::1", "a private network", True),
    ("::ffff:10.0.0.1", "a private network", True),
    ("64:ff9b::a00:1", "a private network", True),
    ("100.64.0.1", "a provider's own network", True),
    ("100.100.100.200", "a cloud's own services", False),
    ("100.100.100.201", "a provider's own network", True),
    ("198.18.0.1", "a network for tests", True),
    ("2001:2::1", "a network for tests", True),
    ("169.254.169.254", "the local link", False),
    ("::ffff:169.254.169.254", "the local link", False),
    ("64:ff9b::a9fe:a9fe", "the local link", False),
    ("fe80::1", "the local link", False),
    ("fe80::1%eth0", "the local link", False),
    ("168.63.129.16", "a cloud's own services", False),
    ("0.0.0.0", "no machine", False),  # noqa: S104 (not bound to)
    ("0.1.2.3", "no machine", False),
    ("::", "no machine", False),
    ("224.0.0.1", "many machines at once", False),
    ("255.255.255.255", "many machines at once", False),
    ("ff02::1", "many machines at once", False),
    ("192.0.2.1", "examples in documents", False),
    ("198.51.100.1", "examples in documents", False),
    ("203.0.113.1", "examples in documents", False),
    ("2001:db8::1", "examples in documents", False),
    ("3fff::1", "examples in documents", False),
    ("192.88.99.1", "a tunnel", False),
    ("2002:7f00:1::", "a tunnel", False),
    ("2001::1", "a tunnel", False),
    ("192.0.0.192", "protocols", False),
    ("2001:20::1", "protocols", False),
    ("240.0.0.1", "nobody yet", False),
    ("::127.0.0.1", "nobody yet", False),
    ("64:ff9b:1::7f00:1", "nobody yet", False),
    ("fec0::1", "nobody yet", False),
    ("100::1", "nobody yet", False),
    ("4000::1", "nobody yet", False),
]


@pytest.mark.parametrize(
    "address", ["1.1.1.1", "8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700::1", "2a00:1450::5"]
)
def test_a_public_address_may_be_connected_to(address):
    assert refusal(address, OPTIONS) is None
    assert refusal(f"::ffff:{address}" if "." in address else address, OPTIONS) is None


def test_a_public_address_reached_through_nat64_is_public():
    assert refusal("64:ff9b::808:808", OPTIONS) is None


@pytest.mark.parametrize(("address", "belongs_to", "is_private"), SPECIAL)
def test_every_other_address_is_refused_with_whose_it_is(address, belongs_to, is_private):
    reason = refusal(address, OPTIONS)
    assert reason is not None
    assert f" is an address of {belongs_to}" in reason
    assert reason.endswith("; allow private networks if it is meant") is is_private
    assert (refusal(address, PRIVATE) is None) is is_private


def test_a_network_may_be_opened_by_its_name_alone():
    options = WebOptions("test", allowed_networks=(ip_network("10.1.0.0/16"),))
    assert refusal("10.1.2.3", options) is None
    assert refusal("::ffff:10.1.2.3", options) is None
    assert refusal("10.2.0.1", options) is not None
    assert refusal("127.0.0.1", options) is not None


@given(st.ip_addresses(v=4))
def test_no_address_is_public_that_python_calls_private(address: IPv4Address):
    if not address.is_global or address.is_multicast or address.is_reserved:
        assert refusal(str(address), OPTIONS) is not None


@given(st.ip_addresses(v=6))
def test_no_address_of_ipv6_is_public_outside_of_what_is_given_out(address: IPv6Address):
    inner = address.ipv4_mapped
    if inner is None and not 0x2000 <= int(address) >> 112 < 0x4000:
        is_nat64 = int(address) >> 32 == 0x64FF9B << 64
        assert refusal(str(address), OPTIONS) is not None or is_nat64
