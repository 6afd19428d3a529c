"""The DMN Technology Compatibility Kit, run against this engine: ``python -m engine.dmn.tck DIRECTORY``."""
