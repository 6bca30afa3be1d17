/**
 * Tells about the machine that a model is computed on: its processor, its memory, and whether
 * memory ran out.
 */
package org.regularizedvi.core.machine;
