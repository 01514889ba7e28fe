"""What Discord refuses although its description allows it: totals, duplicates, names, permissions.

Plain functions from a body to `FieldError`s (or an `ApiError` raised); no state, no I/O.
Wherever a number stands here, it is one of Discord's documented limits.
"""
