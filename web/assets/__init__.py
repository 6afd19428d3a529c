"""Assets: the sources of what runs in the browser, and the step that bundles them into ``web/static/dist``."""
