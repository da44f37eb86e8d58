"""The search for a job: applications, resumes and what comes next. Nobody but its owner sees any of it."""
