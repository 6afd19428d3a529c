"""Token movement: the one package that knows SpiffWorkflow, and the only one in which ``Any`` is allowed.

SpiffWorkflow's task tree holds the tokens and carries each through its states; what an element means, when a join
fires, what is cancelled and what is remembered is decided here. Nothing here reads a clock, touches a database or
evaluates an expression itself: ``now`` and the host are arguments. ``process`` is the face the engine talks to.
"""
