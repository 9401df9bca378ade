"""Settings, addresses and the process: the only place that reads the environment."""
