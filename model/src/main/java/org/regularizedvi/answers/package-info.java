/** Questions to a model, one class each, streamed over cells. */
package org.regularizedvi.answers;
