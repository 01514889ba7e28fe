"""Looks up known vulnerabilities of what is locked, by pip-audit; ends with 1 where there are any.

    python .ci/audit.py [--seconds 60] COMMAND…

COMMAND is pip-audit with its options, told to print JSON. Where vulnerabilities cannot be looked
up, as on a machine without the internet, a line says so, and nothing fails for it.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from typing import Any


def dependencies(command: list[str], seconds: float) -> list[dict[str, Any]]:
    """Return what pip-audit says of each. Raises RuntimeError where it says nothing."""
    try:
        done = subprocess.run(command, capture_output=True, check=False, text=True, timeout=seconds)  # noqa: S603 (as CI has it)
    except subprocess.TimeoutExpired:
        raise RuntimeError(f"it took longer than {seconds:g} s") from None
    except OSError as error:
        raise RuntimeError(str(error)) from None
    try:
        found: list[dict[str, Any]] = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        said = done.stderr.strip().splitlines() or ["it said nothing"]
        raise RuntimeError(said[-1]) from None
    return found


def main() -> None:
    """Say what was found."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("command", nargs=argparse.REMAINDER)
    options = parser.parse_args()
    try:
        found = dependencies(options.command, options.seconds)
    except RuntimeError as error:
        print(f"Known vulnerabilities were not looked up: {error}")
        return
    unknown = [each["name"] for each in found if "skip_reason" in each]
    vulnerable = [each for each in found if each.get("vulns")]
    for each in vulnerable:
        for one in each["vulns"]:
            fixed = ", ".join(one.get("fix_versions") or []) or "no version yet"
            print(f"{each['name']} {each['version']} has {one['id']}; it is fixed in {fixed}.")
    if unknown:
        print(
            f"Known vulnerabilities of {len(unknown)} of {len(found)} packages were not found out."
        )
    if not vulnerable and len(unknown) < len(found):
        print(f"{len(found) - len(unknown)} packages have no known vulnerability.")
    sys.exit(bool(vulnerable))


if __name__ == "__main__":
    main()
