/**
 * The command line: one class per command. Each command reads its options into records, makes one
 * call of the library and returns an exit code.
 */
package org.regularizedvi.cli;
