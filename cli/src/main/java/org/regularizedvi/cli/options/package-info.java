/**
 * The options of the commands, on the command line and in a configuration file, and the records of
 * the library that they become. Defaults are those of the records.
 */
package org.regularizedvi.cli.options;
