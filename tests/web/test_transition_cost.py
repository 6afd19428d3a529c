"""What a step of the real process costs: statements, commits, bytes. Counted, not timed."""

import pytest
from sqlalchemy import event, select

from desk.demo import answers
from engine import messages, tasks
from engine.model.tables import process_instance
from tests.web.conftest import MARTA, SARA
from tests.web.walked import HOUR, SLOTS, Walked

STATEMENTS, STATE = 6, 2000


class Counted(Walked):
    """A request whose completions are counted, each alone in its transaction."""

    def __init__(self, store, clock):
        super().__init__(store, clock)
        self.costs = []

    def _complete(self, actor, given):
        self.clock.now += HOUR
        with self.store.unit_of_work() as uow:
            task = next(task for task in tasks.of_case(uow, self.case.id) if task.state == "created")
            tasks.claim(uow, task.id, actor)
        sent, committed = self._listen()
        with self.store.unit_of_work() as uow:
            tasks.complete(uow, task.id, actor, given)
        self.costs.append((task.element_id, len(sent), len(committed), self.state()))
        return self

    def _listen(self):
        sent, committed = [], []
        event.listen(self.store.engine, "before_cursor_execute", lambda *args: sent.append(args[2]))
        event.listen(self.store.engine, "commit", lambda _: committed.append(1))
        return Statements(sent), committed

    def state(self):
        with self.store.snapshot() as uow:
            tokens = select(process_instance.c.tokens).where(process_instance.c.id == self.case.id)
            return len(uow.connection.execute(tokens).scalar_one())

    def to_the_end(self):
        self.invited()
        with self.store.unit_of_work() as uow:
            waiting = next(each for each in messages.waiting(uow, self.case.id) if each.message.startswith("risposta"))
            messages.correlate(uow, waiting.id, MARTA, answers.reply("accetta", SLOTS[0]))
        self._complete(SARA, answers.meeting("svolto"))
        return self._complete(SARA, answers.outcomes(self.request, self.clock()))


class Statements(list):
    """What was sent, less what begins a transaction."""

    def __len__(self):
        return sum(not one.startswith("BEGIN") for one in self)


@pytest.fixture
def costs(store, clock):
    Counted(store, clock).to_the_end()  # the sets of candidates are written the first time they are met
    return Counted(store, clock).to_the_end().costs


def test_a_completion_is_at_most_six_statements_and_exactly_one_commit(costs):
    assert {element: sent for element, sent, _, _ in costs if sent > STATEMENTS} == {}
    assert {committed for _, _, committed, _ in costs} == {1}


def test_the_state_stays_small_along_the_longest_path(costs):
    assert len(costs) == 6
    assert max(state for _, _, _, state in costs) <= STATE
