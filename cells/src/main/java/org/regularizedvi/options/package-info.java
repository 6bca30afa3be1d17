/**
 * Reads options as records declare them: an annotation on a record's component says an option's
 * help, its words and what Python knows of it; its name, type and default are the component's own.
 * Command line, configuration file, stored options, run facts, import and export all walk these
 * records.
 */
package org.regularizedvi.options;
