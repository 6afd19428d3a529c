"""Refusals about saved views of lists."""

from __future__ import annotations

from desk.errors.refusal import DeskRefusal


class ViewNotFound(DeskRefusal):
    """There is no such view, or it is somebody else's."""

    def __init__(self, view_id: str) -> None:
        super().__init__(view_id)
        self.view_id = view_id


class ViewNameTaken(DeskRefusal):
    """The person has another view of the same list under this name."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class UnfitViewName(DeskRefusal):
    """A name is empty, longer than ``longest`` characters, or holds what cannot be read."""

    def __init__(self, longest: int) -> None:
        super().__init__(longest)
        self.longest = longest


class UnfitView(DeskRefusal):
    """A view narrows nothing, or says more than any list understands."""


class TooManyViews(DeskRefusal):
    """The person has as many views as a person may have."""

    def __init__(self, most: int) -> None:
        super().__init__(most)
        self.most = most
