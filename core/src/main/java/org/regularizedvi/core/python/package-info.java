/**
 * Models as the Python package saves them: {@code model.pt}, a zip of a pickle and tensors. Pickles
 * are read as data: what a pickle would call is looked at, never called, and only names from a
 * short list may appear.
 */
package org.regularizedvi.core.python;
