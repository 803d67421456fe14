"""The editor's desk for the admin's templates: the front page's lists, and one page's changed evidence."""

from django import template

from .. import desk as lists

register = template.Library()

# What stands together on the front page, by the names of the models; a model that is named nowhere comes last.
GROUPS = (
    ("Articles", "Article", "ComparisonTable"),
    ("Medicines and side effects", "Drug", "DrugEffect", "DrugClass", "Effect"),
    ("Sources", "Source", "EvidenceChange"),
    ("Safety", "RedFlag", "Cascade", "LookAlike", "HelpLine"),
    ("Words", "GlossaryTerm", "WordGroup", "AmbiguousWord", "KnownName", "AskedFor"),
    ("Logs", "Revision", "ReviewEvent", "SignOff", "AccountEvent"),
    ("Accounts", "User", "Group", "Credential"),
)


@register.simple_tag(takes_context=True)
def desk(context):
    """All that lies on the desk of whoever is signed in."""
    return lists.desk(context["request"].user)


@register.simple_tag(takes_context=True)
def changed_evidence(context, page):
    """The page as a row with the open changes of its evidence; None where there are none."""
    row = {"document": page}
    lists.add_changes([row], context["request"].user)
    return row if row["changes"] else None


@register.simple_tag
def grouped(app_list):
    """[{name, models}]: Django's list of applications, in groups that an editor understands."""
    models = {model["object_name"]: model for app in app_list for model in app["models"]}
    groups = [
        {"name": name, "models": [models.pop(model) for model in names if model in models]} for name, *names in GROUPS
    ]
    return [group for group in [*groups, {"name": "Other", "models": list(models.values())}] if group["models"]]
