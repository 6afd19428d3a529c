"""Note in which groups whoever has a task must act: those of its candidates and of the lane it was drawn in."""

import orjson
import sqlalchemy as sa
from alembic import op

from engine.errors import EngineError
from engine.spiff.process import parse

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

PERSON = "user:"
RESOURCE = sa.table("resource", sa.column("deployment_id"), sa.column("name"), sa.column("content", sa.LargeBinary))
DEFINITION = sa.table("process_definition", sa.column("id"), sa.column("key"), sa.column("deployment_id"))
CASE = sa.table("process_instance", sa.column("id"), sa.column("definition_id"))
TASK = sa.table(
    "user_task", sa.column("instance_id"), sa.column("element_id"), sa.column("candidates"), sa.column("roles")
)
CANDIDATE = sa.table("candidate", sa.column("candidates"), sa.column("member"))


def upgrade() -> None:
    """Add the column, and read the lanes of every version on which there are tasks."""
    op.execute("ALTER TABLE user_task ADD COLUMN roles TEXT DEFAULT '[]' NOT NULL")
    bind, written = op.get_bind(), set()
    of_task = sa.select(CASE.c.definition_id, TASK.c.element_id, TASK.c.candidates).distinct()
    drawn = of_task.select_from(TASK).join(CASE, CASE.c.id == TASK.c.instance_id)
    lanes: dict[str, dict[str, str | None]] = {}
    for definition, element, spelled in bind.execute(drawn).all():
        if definition not in lanes:
            lanes[definition] = _lanes(definition)
        roles = _spelled(spelled, lanes[definition].get(element))
        cases = sa.select(CASE.c.id).where(CASE.c.definition_id == definition)
        those = TASK.c.instance_id.in_(cases), TASK.c.element_id == element, TASK.c.candidates == spelled
        bind.execute(TASK.update().where(*those).values(roles=roles))
        written.add(roles)
    _remember(written)


def _lanes(definition: str) -> dict[str, str | None]:
    """Give the lane of each element of a version; none where its diagram can be read no more."""
    bind = op.get_bind()
    chosen = sa.select(DEFINITION.c.key, DEFINITION.c.deployment_id).where(DEFINITION.c.id == definition)
    key, deployment = bind.execute(chosen).one()
    files = sa.select(RESOURCE.c.name, RESOURCE.c.content).where(RESOURCE.c.deployment_id == deployment)
    drawn = {name: content for name, content in bind.execute(files) if name.endswith(".bpmn")}
    try:
        return {name: each.lane for name, each in parse(key, drawn).elements.items()}
    except EngineError:
        return {}


def _spelled(candidates: str, lane: str | None) -> str:
    groups = {member for member in orjson.loads(candidates) if not member.startswith(PERSON)}
    return orjson.dumps(sorted(groups | ({lane} if lane else set()))).decode()


def _remember(written: set[str]) -> None:
    """Write who belongs to the sets that no task had before."""
    bind = op.get_bind()
    known = set(bind.execute(sa.select(CANDIDATE.c.candidates).distinct()).scalars())
    rows = [{"candidates": each, "member": member} for each in written - known for member in orjson.loads(each)]
    if rows:
        bind.execute(CANDIDATE.insert(), rows)
