"""Groups of questions that many forms share, put in with one press.

The same block has the same ids in every form, so that answers can be carried from one to
another; put in twice, the second gets numbered ids and its conditions look at its own.
"""

from dataclasses import dataclass, replace

from content.procedures.forms.acts import append, question_ids
from content.procedures.forms.conditions import AllOf, AnyOf, Condition, Not, Test
from content.procedures.forms.definition import FormDefinition, Kind, Question
from content.procedures.forms.general import general_definition

BASIS = "NĐ 61/2018/NĐ-CP, Điều 17"


@dataclass(frozen=True, slots=True)
class Block:
    """A named group of questions."""

    name: str
    label: str
    ids: tuple[str, ...]

    @property
    def questions(self) -> tuple[Question, ...]:
        """The questions, as the general form asks them."""
        general = general_definition(())
        return tuple(_with_basis(general.question(one)) for one in self.ids)


BLOCKS = (
    Block(
        "nguoi_nop",
        "Người nộp hồ sơ (họ tên, ngày sinh, số định danh, điện thoại, thư điện tử)",
        ("ho_ten", "ngay_sinh", "so_dinh_danh", "dien_thoai", "thu_dien_tu"),
    ),
    Block("dia_chi", "Địa chỉ liên hệ", ("dia_chi",)),
    Block(
        "uy_quyen",
        "Nộp thay, ủy quyền (chủ hồ sơ, văn bản ủy quyền)",
        ("nop_thay", "chu_ho_so", "chu_ho_so_so_dinh_danh", "van_ban_uy_quyen"),
    ),
)
BY_NAME = {block.name: block for block in BLOCKS}


def insert(definition: FormDefinition, block: Block, section: str) -> FormDefinition:
    """The definition with the block at the end of a step."""
    names = _names(block.ids, question_ids(definition))
    added = tuple(_renamed(question, names) for question in block.questions)
    return append(definition, added, section=section)


def _with_basis(question: Question) -> Question:
    return replace(question, basis=BASIS) if question.kind is Kind.NATIONAL_ID else question


def _names(ids: tuple[str, ...], taken: set[str]) -> dict[str, str]:
    number = 1
    while any(_numbered(one, number) in taken for one in ids):
        number += 1
    return {one: _numbered(one, number) for one in ids}


def _numbered(question_id: str, number: int) -> str:
    return question_id if number == 1 else f"{question_id}_{number}"


def _renamed(question: Question, names: dict[str, str]) -> Question:
    return replace(
        question,
        id=names[question.id],
        born=names.get(question.born or "", question.born),
        when=_condition(question.when, names),
    )


def _condition(condition: Condition | None, names: dict[str, str]) -> Condition | None:
    match condition:
        case Test():
            return replace(condition, question=names.get(condition.question, condition.question))
        case AllOf(parts) | AnyOf(parts):
            made = (_condition(part, names) for part in parts)
            return replace(condition, parts=tuple(one for one in made if one is not None))
        case Not(part):
            return Not(_condition(part, names) or part)
    return None
