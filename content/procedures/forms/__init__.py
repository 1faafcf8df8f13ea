"""Form definitions: questions, conditions, checks and what was answered.

Pure rules on plain data: no database, no web, no form library. Start reading in
``definition``; the rest of the package are functions on a ``FormDefinition``.
"""

from content.procedures.forms.check import Problem, check
from content.procedures.forms.conditions import AllOf, AnyOf, Condition, Not, Test
from content.procedures.forms.definition import (
    FormDefinition,
    Kind,
    Limits,
    Option,
    Question,
    Section,
)
from content.procedures.forms.general import general_definition
from content.procedures.forms.library import by_procedure, sample_definitions
from content.procedures.forms.problems import DefinitionError, DefinitionProblem
from content.procedures.forms.sentences import sentence
from content.procedures.forms.serialise import from_json, parse, to_json
from content.procedures.forms.summary import Entry, Row, SectionSummary, outline, summary
from content.procedures.forms.visibility import Item, prune, visible, visible_sections, walk

__all__ = [
    "AllOf",
    "AnyOf",
    "Condition",
    "DefinitionError",
    "DefinitionProblem",
    "Entry",
    "FormDefinition",
    "Item",
    "Kind",
    "Limits",
    "Not",
    "Option",
    "Problem",
    "Question",
    "Row",
    "Section",
    "SectionSummary",
    "Test",
    "by_procedure",
    "check",
    "from_json",
    "general_definition",
    "outline",
    "parse",
    "prune",
    "sample_definitions",
    "sentence",
    "summary",
    "to_json",
    "visible",
    "visible_sections",
    "walk",
]
