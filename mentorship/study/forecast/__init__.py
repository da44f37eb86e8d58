"""When somebody will be through, from what is left and their own pace; and a plan that would meet the schedule."""
