/**
 * The options of the commands, on the command line and in a configuration file, and how they become
 * records of the library. Their defaults are those of the records.
 */
package org.regularizedvi.cli.options;
