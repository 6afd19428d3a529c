"""What a step of the real process costs: statements, commits, bytes. Counted, not timed."""

import pytest
from sqlalchemy import event, select

from desk.comuni import calendars
from desk.demo import answers
from engine import messages, tasks
from engine.model import process_instance
from tests.kit.pages import BUROLO, MARTA, SARA
from tests.kit.walked import HOUR, SLOTS, Walked

STATEMENTS, STATE = 8, 2000
"""Two of them ask whether who acts and whom the diagram names may work on the case: each counts when it is taken."""
AGENDA = {"proponi": 21, "incontra": 14}
"""Where a step takes or gives back times: what is free is read once, then cells, engagements and convocation written."""
LATER = ["2026-12-07T09:00", "2026-12-07T10:00", "2026-12-10T16:00"]


class Counted(Walked):
    """A request whose completions are counted, each alone in its transaction."""

    def __init__(self, store, clock, slots=SLOTS):
        super().__init__(store, clock, slots)
        self.costs = []

    def _complete(self, actor, given):
        self.clock.now += HOUR
        with self.store.unit_of_work() as uow:
            task = next(task for task in tasks.of_case(uow, self.case.id) if task.state == "created")
            tasks.claim(uow, task.id, actor)
            calendars.calendar(uow, BUROLO)  # read at most once a minute, whatever goes on
        sent, committed = self._listen()
        with self.store.unit_of_work() as uow:
            tasks.complete(uow, task.id, actor, given)
        statements = [one for one in sent if not one.startswith("BEGIN")]
        self.costs.append((task.element_id, len(statements), len(committed), self.state()))
        return self._worked()

    def _listen(self):
        sent, committed = [], []
        event.listen(self.store.engine, "before_cursor_execute", lambda *args: sent.append(args[2]))
        event.listen(self.store.engine, "commit", lambda _: committed.append(1))
        return sent, committed

    def state(self):
        with self.store.snapshot() as uow:
            tokens = select(process_instance.c.tokens).where(process_instance.c.id == self.case.id)
            return len(uow.connection.execute(tokens).scalar_one())

    def to_the_end(self):
        self.invited()
        with self.store.unit_of_work() as uow:
            waiting = next(each for each in messages.waiting(uow, self.case.id) if each.message.startswith("risposta"))
            messages.correlate(uow, waiting.id, MARTA, answers.reply("accetta", self.slots[0]))
        self._worked()
        self._complete(SARA, answers.meeting("svolto"))
        return self._complete(SARA, answers.outcomes(self.request, self.clock()))


@pytest.fixture
def costs(store, clock):
    Counted(store, clock).to_the_end()  # the sets of candidates are written the first time they are met
    return Counted(store, clock, LATER).to_the_end().costs


def test_a_completion_is_at_most_eight_statements_and_exactly_one_commit(costs):
    assert {element: sent for element, sent, _, _ in costs if sent > AGENDA.get(element, STATEMENTS)} == {}
    assert {committed for _, _, committed, _ in costs} == {1}


def test_the_state_stays_small_along_the_longest_path(costs):
    assert len(costs) == 6
    assert max(state for _, _, _, state in costs) <= STATE
