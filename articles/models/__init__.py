"""Every table of the site. Rows are the editors' draft; a Revision is what readers see."""

from .accounts import AccountEvent, RecoveryCode
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
from .documents import PUBLICATIONS, Document, Part, ReviewEvent, Revision, SignOff
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
from .evidence import EvidenceChange
from .glossary import GlossaryTerm
from .listings import ListedEffect, SearchEntry, SearchTerm
from .names import AskedFor, KnownName
from .people import Credential, name_of
from .safety import Cascade, HelpLine, LookAlike, RedFlag, Sign
from .sources import Source
from .words import AmbiguousWord, Meaning, WordGroup

# In the order in which a document may name another: a drug names effects and sources, an article names drugs.
DOCUMENT_MODELS = (
    Source,
    WordGroup,
    Effect,
    Drug,
    GlossaryTerm,
    AmbiguousWord,
    RedFlag,
    Cascade,
    LookAlike,
    HelpLine,
    Article,
)

__all__ = [
    "DOCUMENT_MODELS",
    "PUBLICATIONS",
    "AccountEvent",
    "AmbiguousWord",
    "Article",
    "ArticleReference",
    "AskedFor",
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
    "EvidenceChange",
    "FaqItem",
    "Finding",
    "GlossaryTerm",
    "HelpLine",
    "KeyPoint",
    "KnownName",
    "ListedEffect",
    "LookAlike",
    "Meaning",
    "NotFound",
    "OutboundLink",
    "Part",
    "RecoveryCode",
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
    "WordGroup",
    "name_of",
]
