"""What people wrote: answers, promises, issues and gaps, with places for names and things.

The places: {person} and {other} at the client, {client}, {project}, {rival}, {event}, {n}.
"""

from typing import Final

ANSWERS: Final = {
    "real_deadline": (
        "{person} needs it live before {event}; the contract date is too late for them.",
        "{other} wants it to work on the day {event}; the rest may follow.",
        "{person} said twice that the draft has to be there when {event}.",
        "{person} shows the {project} to everybody when {event}.",
    ),
    "alternative": (
        "{person} had an offer from {rival} on the table until the last week.",
        "{person} wanted {rival}; {other} talked them out of it.",
        "{client} thought seriously about {rival} for the {project}.",
        "{rival} was {n} % cheaper, and {person} still compares us to that.",
    ),
    "why_us": (
        "{person} said we were the only ones who asked how {client} works on a bad day.",
        "We had done a {project} before, and {other} phoned that client.",
        "{person} trusts us because we said no to one of their wishes.",
        "We answered {other}'s questions within the hour, the others took {n} days.",
    ),
    "pressure": (
        "{person} promised the {project} to the owners and will be blamed if it slips.",
        "{other}'s bonus hangs on the {project}.",
        "The last {project} at {client} failed, and {person} was in charge of it.",
        "{person} has {n} people waiting who cannot work until it is there.",
    ),
    "success_personal": (
        "{person} wants to be head of department within the year.",
        "{other} would like to stop working weekends at {client}.",
        "{person} wants to show the board one chart that nobody questions.",
        "For {person} it is a success when the {n} angry calls a week stop.",
    ),
    "success_formal": (
        "All {n} acceptance tests of the {project} pass and {person} signs.",
        "The {project} runs for {n} days without a fault that stops work.",
        "{client} has the handbook, and {n} people are trained on the {project}.",
        "{person} signs the acceptance form for each part of the {project}.",
    ),
    "pushback": (
        "{person} will fight for the old reports and call them part of the {project}.",
        "{other} thinks that moving the old data is included.",
        "{person} from IT does not want anybody on the servers of {client}.",
        "{other} will ask for {n} more languages and call it small.",
    ),
    "why_now": (
        "Their {project} broke twice in {n} weeks and {person} had enough.",
        "{other} is new at {client} and wants to move something.",
        "{person} saw that a competitor of {client} has a better {project}.",
    ),
    "constraints": (
        "{other} says nobody may touch live systems in the last week of a month.",
        "{person} must approve every text, and that takes {n} days.",
        "All data of the {project} stays in the country, {person} insists.",
    ),
    "risk": (
        "{person} answers slowly, and without answers the {project} stops.",
        "We have never connected to the system that {other} uses at {client}.",
        "{other} changes the goal of the {project} in every meeting.",
    ),
    "decision_process": (
        "{person} decides alone up to {n} thousand, above that the owners do.",
        "{other} prepares, {person} signs, it takes {n} days.",
    ),
    "budget_sensitivity": (
        "{person} was nervous about running costs after the first year at {client}.",
        "{other} asked three times what happens if the {project} takes longer.",
    ),
    "landmine": (
        "Do not mention the failed {project} of two years ago to {person}.",
        "{other} and {person} do not speak; never ask one about the other.",
    ),
    "comms_preference": (
        "{person} reads e-mail once a day; call if the {project} is urgent.",
        "A short note every Friday to {other}, nothing longer.",
    ),
    "client_budget": (
        "{n} thousand in all, with what others charge; {person} calls it a wall.",
        "{person} can move {n} thousand without asking, more is a wish of {other}.",
    ),
    "our_people": (
        "{person} expects whoever was at the first talk for {n} days, until {event}.",
        "{person} wants the one who drew the {project} in every meeting of the first month.",
    ),
    "site": (
        "No work while {event}; {person} says the cellar is damp; the town must permit it.",
        "Nobody may be there on Fridays; {other} has the old plans of the floor.",
    ),
    "as_is": (
        "The accounts stay as they are, and {other}'s team keeps its {n} spreadsheets.",
        "Article numbers of {client} will not change, {person} says, with all their doubles.",
    ),
    "rounds": (
        "Three drafts, two rounds, and {person} alone says yes.",
        "{n} pages, one round each; {other} comments and {person} decides.",
    ),
    "hand_back": (
        "{client} keeps the files and the sources; {other} runs it from then on.",
        "{person} takes it that everything is theirs, and that we host the {project} for a year.",
    ),
    "invoicing": (
        "Bill {client}, with the order number that {other} sends; {person} pays.",
        "The parent firm pays; invoices go through its portal, {other} opens it for the {project}.",
    ),
}

PROMISES: Final = (
    ("promise", "We train the late shift at {client} as well.", 12.0),
    ("promise", "{person} may call us in the first month without a ticket.", 8.0),
    ("promise", "We look over the old {project} once a quarter.", 16.0),
    ("promise", "We sit in when {person} shows the {project} to the owners.", 6.0),
    ("discussed", "An export for {other}'s spreadsheet, if it is easy.", 10.0),
    ("discussed", "A version of the {project} for telephones.", 40.0),
    ("discussed", "Taking over the photos from the old site of {client}.", 14.0),
    ("discussed", "A dark version of the screens for {person}'s night team.", 9.0),
    ("date_promise", "{person} sees a first draft {n} days before the rest.", 4.0),
    ("commercial_concession", "The first {n} hours of support are free for {client}.", 5.0),
)
"""Type, words, and the hours it would take: things said that no contract holds."""

PLAIN: Final = (
    ("scope_item", "The {project} covers {n} sites of {client}."),
    ("scope_item", "Handbook and one day of training for the {project}."),
    ("exclusion", "Hosting of the {project} stays with {client}."),
    ("exclusion", "Translations are not part of the {project}."),
    ("exclusion", "Old data from before the last {n} years is not moved."),
    ("client_duty", "{client} names one person for questions about the {project}."),
    ("client_duty", "{person} sends the test data {n} days before we start."),
    ("client_duty", "{other} arranges access to the servers of {client}."),
    ("assumption", "The {project} has no more than {n} users at a time."),
)
"""Type and words of things that the contract settles."""

FENCES: Final = {
    "exclusion": ("Running the {project} for {other} is not in the price.", "none"),
    "client_duty": ("{person} answers questions within {n} days.", "none"),
    "assumption": ("The price takes {n} meetings with {other} for granted, not more.", "none"),
}
"""Words, by type, where the contract settles nothing of the kind."""

MILESTONES: Final = ("Kick-off", "First draft shown", "Test version", "Training", "Acceptance")

ISSUES: Final = (
    "{person} has not sent the test data",
    "The {project} is slow with more than {n} users",
    "{other} wants the old reports back",
    "No access to the servers of {client}",
    "The import stops at accented names",
    "{person} is away for {n} days and nobody decides",
)

UPDATES: Final = (
    "{person} has seen the {project} and likes it",
    "{other} has answered; {n} things are left",
)

CHANGES: Final = (
    "{n} more users for the {project}",
    "Second language for the {project}",
    "{person}'s extra report",
    "Leave out the archive of {client}",
)

GAPS: Final = (
    ("That {event}, so the draft was needed weeks earlier.", "real_deadline", "call", "no_field"),
    ("That {other} counted on the old data being moved.", "pushback", "head", "not_asked"),
    ("That we had promised {person} free support.", "Commitments", "email", "not_filled"),
    ("Who decides at {client} when {person} is away.", "decision_process", "head", "not_filled"),
    ("That {person} had wanted {rival}.", "alternative", "crm_note", "filled_not_read"),
    ("Who receives the project; the deal stood open for {n} days.", "Deal", "nowhere", "no_field"),
)
"""What was missing, the question or place for it, where it was, why it did not travel."""
