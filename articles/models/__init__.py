"""Every table of the site. Rows are the editors' draft; a Revision is what readers see."""

from .articles import (
    Article,
    ArticleReference,
    Claim,
    ComparisonTable,
    FaqItem,
    KeyPoint,
    OutboundLink,
    Section,
    TableCell,
    TableColumn,
    TableRow,
)
from .documents import Document, Part, ReviewEvent, Revision, SignOff
from .drugs import (
    CheckedClaim,
    Disagreement,
    Dose,
    Drug,
    DrugClass,
    DrugEffect,
    DrugLink,
    DrugName,
    Finding,
    NotFound,
    RelatedDrug,
    Use,
)
from .effects import Effect, EffectTerm, WarningSign
from .glossary import GlossaryTerm
from .listings import ListedEffect, SearchEntry, SearchTerm
from .people import Credential
from .safety import Cascade, HelpLine, RedFlag, Sign
from .sources import Source

# In the order in which a document may name another: a drug names effects and sources, an article names drugs.
DOCUMENT_MODELS = (Source, Effect, Drug, GlossaryTerm, RedFlag, Cascade, HelpLine, Article)

__all__ = [
    "DOCUMENT_MODELS",
    "Article",
    "ArticleReference",
    "Cascade",
    "CheckedClaim",
    "Claim",
    "ComparisonTable",
    "Credential",
    "Disagreement",
    "Document",
    "Dose",
    "Drug",
    "DrugClass",
    "DrugEffect",
    "DrugLink",
    "DrugName",
    "Effect",
    "EffectTerm",
    "FaqItem",
    "Finding",
    "GlossaryTerm",
    "HelpLine",
    "KeyPoint",
    "ListedEffect",
    "NotFound",
    "OutboundLink",
    "Part",
    "RedFlag",
    "RelatedDrug",
    "ReviewEvent",
    "Revision",
    "SearchEntry",
    "SearchTerm",
    "Section",
    "Sign",
    "SignOff",
    "Source",
    "TableCell",
    "TableColumn",
    "TableRow",
    "Use",
    "WarningSign",
]
