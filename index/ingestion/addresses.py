"""One spelling for the addresses of one page, to compare them; never to open one. Pure.

Two stories taken for one are worse than one taken for two, which its text still gives away. So
whatever may tell stories apart stays: unknown parameters, and the place in a page unless it is
known to mean nothing.
"""

from __future__ import annotations

import re
from urllib.parse import quote, unquote_to_bytes, urlsplit


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_SCHEMES = frozenset({"http", "https"})
_DEFAULT_PORTS = frozenset({None, 80, 443})
# what is longer is compared as it is
_MAX_CHARACTERS = 4096
_MOBILE_LABELS = frozenset({"m", "mobile", "amp"})
# below these anybody may have a name, "m" too: m.co.uk and amp.co.uk are two sites
_SHARED_SECOND_LEVELS = _words("ac co com edu gob gouv gov go ne net or org")
_SHARED_DOMAINS = _words(
    "blogspot.com ghost.io github.io medium.com substack.com tumblr.com wordpress.com"
)
_AMP_CACHE = re.compile(
    r"https?://(?:(?:www\.)?google\.[a-z.]{2,6}/amp|[\w-]{1,63}\.cdn\.ampproject\.org/[cv])/(?:s/)?"
)
_AMP_ENDINGS = ("/amp", ".amp.html", ".amp.htm", ".amp")
_AMP_SECTION = "/amp/"
_INDEX_FILES = ("/index.html", "/index.htm")

# who sent the reader, never what is read
_TRACKERS = _words("""
    fbclid gclid gclsrc dclid gbraid wbraid msclkid yclid twclid ttclid igshid igsh mc_cid mc_eid
    _hsenc _hsmi mkt_tok vero_id oly_anon_id oly_enc_id s_cid ncid icid cmp cmpid cmpl xtor ito
    smid smtyp sref taid ref_src ref_url __twitter_impression amp_js_v usqp wt.mc_id wt_mc ocid
    at_medium at_campaign at_campaign_type at_format at_ptr_name at_bbc_team guccounter
    guce_referrer guce_referrer_sig spm ftag cvid tpcc mbid soc_src soc_trk _ga _gl
    """)
_TRACKER_PREFIXES = ("utm_", "at_link_", "at_custom", "ns_", "pk_", "piwik_", "mtm_", "hsa_")
# names of which some are a story's own: dropped only where the value is one of these
_CHANNEL_NAMES = _words(
    "ref source src from via rss feed partner cid share output outputtype amp view mode"
)
_CHANNELS = _words("""
    rss rss2 rss1 atom feed feeds rssfeed rss_feed rss-feed xml feedburner twitter tw x facebook fb
    whatsapp linkedin reddit telegram instagram email e-mail mail newsletter share social homepage
    home googlenews google_news google amp
    """)
_YES = frozenset({"", "1", "true", "yes"})
# places in a page that are the page
_IDLE_PLACES = _words("comment comments respond disqus_thread top main content")
_MAX_IDLE_DIGITS = 3

_KEPT_IN_PATHS = "/:@!$&'()*+,;=~"


def normal_url(url: str) -> str:
    """Return an address as it is compared; what is no web address comes back without blanks.

    It does not depend on the scheme, `www.`, the case of the host, a port that goes without saying,
    how characters are encoded, the order of parameters, parameters and fragments that only say who
    sent the reader, a slash at the end, and whether it is the page for phones or in AMP.
    """
    text = url.strip()
    if len(text) > _MAX_CHARACTERS:
        return text
    while cache := _AMP_CACHE.match(text):
        text = f"https://{text[cache.end() :]}"
    try:
        parts = urlsplit(text)
        name, port = parts.hostname, parts.port
    except ValueError:
        return text
    if parts.scheme not in _SCHEMES or not name or name.split() != [name]:
        return text
    host = _host(name) if port in _DEFAULT_PORTS else f"{_host(name)}:{port}"
    query, fragment = _query(parts.query), _fragment(parts.fragment)
    return f"https://{host}{_path(parts.path)}{query and '?'}{query}{fragment and '#'}{fragment}"


def normal_host(address: str) -> str:
    """Return the host of an address, or a host, as it is compared; empty where there is none."""
    text = address.strip()
    try:
        return _host(urlsplit(text if "//" in text else f"//{text}").hostname or "")
    except ValueError:
        return ""


def is_front_page(url: str) -> bool:
    """Whether a normal address is a whole site's, which says nothing of a story."""
    parts = urlsplit(url)
    return not (parts.path or parts.query or parts.fragment)


def _host(name: str) -> str:
    host = name.lower().rstrip(".")
    if not host.isascii():
        try:
            # other scripts' full stops are stops between labels, too, and end a name like ours
            host = host.encode("idna").decode("ascii").rstrip(".")
        except UnicodeError:
            return host
    while _is_added(*host.split(".", 1)):
        host = host.partition(".")[2]
    return f"[{host}]" if ":" in host else host


def _is_added(label: str, rest: str = "") -> bool:
    """Whether the first label of a host only says how the rest is shown."""
    if "." not in rest:
        return False
    if label == "www":
        return True
    second, _, top = rest.partition(".")
    is_shared = second in _SHARED_SECOND_LEVELS and len(top) == len("uk")
    return label in _MOBILE_LABELS and not is_shared and rest not in _SHARED_DOMAINS


def _path(path: str) -> str:
    path = _encoded(path, safe=_KEPT_IN_PATHS).rstrip("/")
    while (shorter := _without_form(path)) != path:
        path = shorter.rstrip("/")
    return path


def _without_form(path: str) -> str:
    """Take off one sign of how a page is delivered."""
    for name in _INDEX_FILES:
        if path.endswith(name):
            return path.removesuffix(name)
    for ending in _AMP_ENDINGS:
        if path.endswith(ending) and _names_a_story(path.removesuffix(ending)):
            return path.removesuffix(ending)
    if path.startswith(_AMP_SECTION) and _names_a_story(path):
        return path.removeprefix("/amp")
    return path


def _names_a_story(path: str) -> bool:
    """Whether a path ends in a number or a headline, so that "amp" is not what it is about."""
    last = path.rpartition("/")[2]
    return last.count("-") > 1 or any(map(str.isdigit, last))


def _query(query: str) -> str:
    pairs = (part.replace("+", " ").partition("=") for part in query.split("&") if part)
    named = ((_encoded(name), _encoded(value)) for name, _, value in pairs)
    kept = sorted((name, value) for name, value in named if not _is_idle(name, value))
    return "&".join(f"{name}={value}" for name, value in kept)


def _is_idle(name: str, value: str) -> bool:
    """Whether a parameter says nothing of the story."""
    name, value = name.lower(), value.lower()
    if name in _TRACKERS or name.startswith(_TRACKER_PREFIXES):
        return True
    if name == "amp" and value in _YES:
        return True
    return name in _CHANNEL_NAMES and value in _CHANNELS


def _fragment(fragment: str) -> str:
    place = _encoded(fragment, safe=f"{_KEPT_IN_PATHS}?")
    is_number = place.isdecimal() and len(place) <= _MAX_IDLE_DIGITS
    if is_number or place in _IDLE_PLACES or "=" in place:
        return ""
    return "" if place.startswith(":~:") else place


def _encoded(text: str, *, safe: str = "") -> str:
    """Return the text with every character encoded in the one way there is for it."""
    return quote(unquote_to_bytes(text.encode("utf-8", "surrogatepass")), safe=safe)
