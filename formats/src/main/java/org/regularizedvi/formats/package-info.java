/**
 * Finds the format of a file of cells by its content or its name, and opens, copies and writes such
 * files; whoever does so names no format. Each format lies in a package of its own.
 */
package org.regularizedvi.formats;
