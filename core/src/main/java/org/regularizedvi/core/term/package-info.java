/**
 * The terms of the loss and of the model. Each is declared here once: what it is called in files,
 * in the history and in messages, and how it enters the loss.
 */
package org.regularizedvi.core.term;
