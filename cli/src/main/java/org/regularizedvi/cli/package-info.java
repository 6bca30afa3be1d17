/**
 * The command line: one class a command, each of which reads its options into records, makes one
 * call of the library and gives back an exit code.
 */
package org.regularizedvi.cli;
