"""From a plan's text to tasks and targets.

Draft      a file read by the plan compiler, under review; nothing of it is real yet
Finding    one thing the compiler found: accepted, corrected or struck by a person
Programme  a published plan of one year
Task       what the plan asks, of whom, by when, in which provision
Target     an indicator the plan wants reached

compiling maps a reading to findings, shapes says what a finding holds, review what the
reviewer sees, plan what a published plan shows; marking lays official text out as blocks.
Announces PlanPublished. Never here: what a unit did about a task (assignments).
"""
