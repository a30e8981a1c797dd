"""The application: settings, pipeline, store, jobs, commands."""
