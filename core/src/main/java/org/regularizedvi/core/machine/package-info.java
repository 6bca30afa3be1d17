/** The machine that a model is computed on: its processor, its memory. */
package org.regularizedvi.core.machine;
