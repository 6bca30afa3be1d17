package org.regularizedvi.cli.options;

/** What an option becomes that may have a value a modality: in a configuration file a mapping. */
sealed interface PerModality permits ByModality, Layers {}
