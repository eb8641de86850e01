"""Importing organisations and contacts: a table is read and checked whole, problem by problem, and nothing is changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import raiseload, selectinload

from ..db import db
from ..members.models import Organisation
from ..members.models.organisations import DEEPEST
from .cells import COLUMNS, CONTACT, NEEDED, NEEDED_NEW, ORGANISATION, PASSED_OVER, Wrong
from .models import ContactPerson

RENAMED = {"type": "kind", "demo": "is_demonstration"}
FROM_CONTACT = ("name", "email", "phone", "languages", "themes")


@dataclass(frozen=True)
class Problem:
    """What is wrong, in which row of the file and in which column."""

    row: int
    column: str
    sentence: object


@dataclass
class Line:
    """One row of the file as it was understood; `differs` holds what it changes of an organisation that is here already."""

    row: int
    code: str
    cells: dict
    organisation: Organisation | None = None
    contact: ContactPerson | None = None
    differs: dict[str, list] = field(default_factory=dict)
    contact_differs: dict[str, list] = field(default_factory=dict)

    @property
    def parent_code(self) -> str:
        return self.cells.get("parent_id", "")

    @property
    def name(self) -> str:
        return self.cells.get("name") or (self.organisation.name if self.organisation else "")

    @property
    def is_new(self) -> bool:
        return self.organisation is None

    @property
    def adds_contact(self) -> bool:
        return "contact_function" in self.cells and self.contact is None

    @property
    def changes(self) -> bool:
        return not self.is_new and bool(self.differs or self.contact_differs or self.adds_contact)


@dataclass
class Plan:
    """What an import would do, and what stands against it."""

    lines: list[Line] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def new(self) -> list[Line]:
        return [line for line in self.lines if line.is_new]

    @property
    def changed(self) -> list[Line]:
        return [line for line in self.lines if line.changes]

    @property
    def same(self) -> int:
        return len(self.lines) - len(self.new) - len(self.changed)

    @property
    def drafts(self) -> list[Line]:
        """New organisations without a contact function: they stay drafts, for an active one has a contact person."""
        return [line for line in self.new if "contact_function" not in line.cells]


# ---- checking --------------------------------------------------------------------------------------------------------


def check(table: Sequence[Sequence[str]]) -> Plan:
    """Read a table – its first row names the columns – against what is here; nothing is changed."""
    plan = Plan()
    header = [name.strip().casefold() for name in table[0]]
    _check_header(header, plan)
    if plan.problems:
        return plan
    for number, row in enumerate(table[1:], 2):
        if any(row):
            _read_row(number, header, row, plan)
    _compare(plan, "contact_email" in header)
    _check_tree(plan)
    plan.problems.sort(key=lambda problem: (problem.row, header.index(problem.column) if problem.column in header else 0))
    return plan


def _check_header(header: list[str], plan: Plan) -> None:
    for name, times in Counter(header).items():
        if name and times > 1:
            plan.problems.append(Problem(1, name, _l("This column stands twice. Remove one of the two.")))
        elif name and name not in COLUMNS and name not in PASSED_OVER:
            plan.problems.append(Problem(1, name[:60], _l("There is no such column. The template file names them all.")))
    for name in NEEDED:
        if name not in header:
            plan.problems.append(Problem(1, name, _l("This column is missing.")))


def _read_row(number: int, header: list[str], row: Sequence[str], plan: Plan) -> None:
    cells: dict = {}
    for name, cell in zip(header, row, strict=False):
        if not cell or name not in COLUMNS:
            continue
        try:
            cells[name] = COLUMNS[name](cell)
        except Wrong as wrong:
            plan.problems.append(Problem(number, name, wrong.sentence))
            cells[name] = None  # written, but not understood
    if any(row[len(header):]) or any(cell for name, cell in zip(header, row, strict=False) if not name):
        plan.problems.append(Problem(number, "", _l("This row has a cell without a column name above it.")))
    if not cells.get("id"):
        if "id" not in cells:
            plan.problems.append(Problem(number, "id", _l("Every row needs the code of its organisation.")))
        return
    if ("latitude" in cells) != ("longitude" in cells):
        plan.problems.append(Problem(number, "latitude", _l("Write both latitude and longitude, or neither.")))
    plan.lines.append(Line(number, cells["id"], cells))


def _compare(plan: Plan, has_email_column: bool) -> None:
    """Find what is here already, and what would change."""
    _check_codes(plan)
    here = {organisation.code: organisation for organisation in db.session.scalars(
        select(Organisation).where(Organisation.code.in_({line.code for line in plan.lines})).options(
            selectinload(Organisation.theme_rows), selectinload(Organisation.language_rows), raiseload(Organisation.parent)))}
    contacts: dict[tuple[int, str], ContactPerson] = {}
    for contact in db.session.scalars(select(ContactPerson).where(
            ContactPerson.organisation_id.in_({o.id for o in here.values()}), ContactPerson.ended_at.is_(None)).order_by(ContactPerson.id)):
        contacts.setdefault((contact.organisation_id, contact.function.casefold()), contact)
    for line in plan.lines:
        line.organisation = here.get(line.code)
        if "contact_function" in line.cells and not has_email_column:
            line.cells["contact_email"] = line.cells.get("email") or (line.organisation.email if line.organisation else "")
        if line.organisation is None:
            plan.problems += [Problem(line.row, name, _l("Fill in this cell: a new organisation needs it."))
                              for name in NEEDED_NEW if name not in line.cells]
        else:
            line.contact = contacts.get((line.organisation.id, str(line.cells.get("contact_function", "")).casefold()))
            line.differs = _difference(line)
        _check_contact(line, plan)


def _check_codes(plan: Plan) -> None:
    first: dict[str, int] = {}
    for line in plan.lines:
        if line.code in first:
            plan.problems.append(Problem(line.row, "id", _l("Row %(row)d has the same code.", row=first[line.code])))
        first.setdefault(line.code, line.row)


def _check_contact(line: Line, plan: Plan) -> None:
    """A contact person has a function, and personal data only with the day of consent (GDPR)."""
    cells = line.cells
    if "contact_function" not in cells:
        if any(cells.get(name) for name in CONTACT):
            plan.problems.append(Problem(line.row, "contact_function", _l("A contact person needs a function.")))
        return
    agreed = "contact_consented_on" in cells or bool(line.contact and line.contact.consented_on)
    if is_personal(line) and not agreed:
        plan.problems.append(Problem(line.row, "contact_consented_on", _l("Write the day on which this person agreed to be listed.")))
    if line.contact is not None:
        line.contact_differs = {
            name: [getattr(line.contact, name), cells[f"contact_{name}"]] for name in FROM_CONTACT
            if cells.get(f"contact_{name}") and cells[f"contact_{name}"] != getattr(line.contact, name)}


def is_personal(line: Line) -> bool:
    """Whether more stands there than the organisation's own address."""
    address = line.cells.get("email") or (line.organisation.email if line.organisation else "")
    email = line.cells.get("contact_email")
    return any(line.cells.get(name) for name in ("contact_name", "contact_phone")) or bool(email and email != address)


def _difference(line: Line) -> dict[str, list]:
    """What a row changes of its organisation; an empty cell changes nothing."""
    found = {}
    for name, value in line.cells.items():
        if name not in ORGANISATION or value is None:
            continue
        before = _present(line.organisation, name)
        if before != value:
            found[key_of(name)] = [before, value]
    return found


def key_of(name: str) -> str:
    """The name under which a column stands in the history of the organisation's page."""
    return f"names_{name[5:]}" if name.startswith("name_") else RENAMED.get(name, name)


def _present(organisation, name: str):
    if name.startswith("name_"):
        return organisation.names.get(name[5:], "")
    if name.startswith("description_"):
        return organisation.description.get(name[12:], "")
    return getattr(organisation, RENAMED.get(name, name))


def _check_tree(plan: Plan) -> None:
    """Every organisation above is known, none stands below itself, and none too deep."""
    lines = {line.code: line for line in plan.lines}
    wanted = {line.parent_code for line in plan.lines if line.parent_code}
    above = select(Organisation.code, Organisation.id, Organisation.path).where(
        Organisation.code.in_(wanted), Organisation.status != "archived")
    known = {code: (number, path.count("/") - 1) for code, number, path in db.session.execute(above)}
    for line in plan.lines:
        sentence = _wrong_parent(line, lines, known) if line.parent_code else None
        if sentence is not None:
            plan.problems.append(Problem(line.row, "parent_id", sentence))


def _wrong_parent(line: Line, lines: dict[str, Line], known: dict[str, tuple[int, int]]):
    above = known.get(line.parent_code)
    if line.organisation is not None and (above is None or above[0] != line.organisation.parent_id):
        return _l("It stands elsewhere in LiBri already. Move it on its own page.")
    level, code, seen = 1, line.parent_code, {line.code}
    while code and code not in known:
        if code in seen:
            return _l("These organisations stand above each other in a circle.")
        if code not in lines:
            return _l("There is no organisation with the code %(code)s, neither in the file nor in LiBri.", code=code)
        seen.add(code)
        level, code = level + 1, lines[code].parent_code
    level += known[code][1] if code else 0
    if level > DEEPEST:
        return _l("It stands too deep. At most %(num)d organisations can stand above each other.", num=DEEPEST)
    return None
