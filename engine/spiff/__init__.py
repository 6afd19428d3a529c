"""Move the tokens of a case: the one package that knows SpiffWorkflow.

SpiffWorkflow's task tree holds the tokens and carries each through its states; what an element means, when a join
fires, what is cancelled and what is remembered is decided here. Nothing here reads a clock, touches a database or
evaluates an expression itself: ``now`` and the host are arguments. ``process`` is the face the engine talks to.
"""
