"""What a designer's files must satisfy before they are deployed."""

from engine.check.problem import Kind, Problem

__all__ = ["Kind", "Problem"]
