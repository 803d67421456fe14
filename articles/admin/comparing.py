"""Two texts side by side with their changed words marked: for the page of conflicts and the history."""

from ..differences import differences, label, shown, words


def side_by_side(path, before, after, *contents):
    """One row of templates/admin/_side_by_side.html: where it stands, and both texts in parts of (mark, text)."""
    before, after = (shown(value, path, *contents) for value in (before, after))
    marked = words(before, after)
    return {
        "label": label(path, *contents),
        "before": [(mark, text) for mark, text in marked if mark != "new"],
        "after": [(mark, text) for mark, text in marked if mark != "gone"],
    }


def compared(before, after):
    """All that differs between two content dicts, row by row."""
    return [side_by_side(each.path, each.before, each.after, after, before) for each in differences(before, after)]
