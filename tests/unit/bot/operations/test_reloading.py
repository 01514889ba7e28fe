from __future__ import annotations

from structlog.testing import capture_logs

from bot.operations.reloading import Reloading
from bot.settings import Settings


def settings(**variables: str) -> Settings:
    return Settings.read({f"PULLQUOTE_{name}": value for name, value in variables.items()}, None)


def reloaded(*environments: dict[str, str]) -> tuple[list[Settings], list[dict[str, object]]]:
    """What is applied and logged when the environment becomes one after the other."""
    applied: list[Settings] = []
    following = iter(environments)
    reloading = Reloading(settings(), applied.append, lambda: settings(**next(following)))
    with capture_logs() as logs:
        for _ in environments:
            reloading.reload()
    return applied, list(map(dict, logs))


def test_what_can_change_at_once_is_applied_and_named():
    applied, logs = reloaded({"LOG_LEVEL": "debug", "COOLDOWN_COUNT": "9"})
    assert (applied[0].log_level, applied[0].cooldown_count) == ("debug", 9)
    assert logs[0]["changed"] == ["PULLQUOTE_COOLDOWN_COUNT", "PULLQUOTE_LOG_LEVEL"]
    assert len(logs) == 1


def test_what_waits_for_a_start_is_named_and_not_applied():
    applied, logs = reloaded({"KEPT_DAYS": "9"}, {"KEPT_DAYS": "9"}, {})
    assert [each.kept_days for each in applied] == [30, 30, 30]
    named = [log["settings"] for log in logs if log["log_level"] == "warning"]
    assert named == [["PULLQUOTE_KEPT_DAYS"], ["PULLQUOTE_KEPT_DAYS"]]


def test_wrong_settings_change_nothing():
    applied, logs = reloaded({"LOG_LEVEL": "loud"})
    assert applied == []
    assert "PULLQUOTE_LOG_LEVEL is 'loud'" in str(logs[0]["reason"])


def test_a_setting_that_is_taken_back_is_the_default_again():
    applied, _ = reloaded({"COOLDOWN_COUNT": "9"}, {})
    assert [each.cooldown_count for each in applied] == [9, 5]
