"""What the demo's capstone team and its replication answer, by project and question."""

ANSWERS = {
    "project-4": {
        "problem": "Who misses a connection waits half an hour. A timetable cannot know the weather; a model can.",
        "data": "Two years of arrivals from the city's open feed, 3.1 million rows, and the hourly weather. "
        "We dropped buses that never were and moved the hours of the clock changes.",
        "algorithms": "The mean by line and hour, a linear model, and gradient boosting. We left networks out: "
        "the rows are tables, and nobody could have explained them in time.",
        "recommendation": "Boosting is 1.4 minutes better than the mean, but not on Sundays. Put it into use on weekdays.",
        "teamwork": "Sofia the data, Kofi the models, Hana the evaluation. One board, one call on Mondays. "
        "We lost four days to two copies of the cleaning.",
        "blog-post": "The draft is in the repository: the three ways in which a bus that never came hid in our data.",
    },
    "advanced-project-1": {
        "running-code": "It runs. With batches of 64 in the place of 128 the error of ResNet-20 rises by 0.3 points.",
        "blog-post": "The draft follows one picture through the net, block by block, beside the lines that do it.",
        "performance": "The shortcuts: without them the net of 56 layers is worse than that of 20 already in training, "
        "so it is not over-fitting.",
    },
    "advanced-project-2": {
        "literature": "Wide nets, stochastic depth, and pre-activation. None of them holds the compute fixed.",
        "ideas": "Narrower blocks, and shortcuts only in the last stage. The first costs 11 hours on one T4, so it came first.",
        "experiments": "Same hours of compute, same seeds. If the narrow net is more than 0.5 points worse, the idea is wrong.",
        "results": "0.2 points worse over five seeds, with a spread of 0.3. Shortcuts in the last stage alone did not train.",
        "paper": "Four pages in the form of a workshop, with the limits on page four and the code at a tag.",
    },
}
