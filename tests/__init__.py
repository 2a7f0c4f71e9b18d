"""Our tests. A package by name, so that a library that brings a package called "tests" cannot stand in its place."""
