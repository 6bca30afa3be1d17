/**
 * Holds the exception for a mistake of the user: one sentence that says what was expected, what was
 * found and where.
 */
package org.regularizedvi.input;
