/** Holds the demonstration: its folder of files, and what it measures on its result. */
package org.regularizedvi.cli.demo;
