/**
 * Reads and writes models as the Python package saves them: {@code model.pt}, a zip file of a
 * pickle and tensors. Pickles are read as data: the reader looks at what a pickle would call and
 * never calls it, and only names from a short list may appear.
 */
package org.regularizedvi.core.python;
