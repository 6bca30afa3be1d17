/**
 * What users ask of a model, at its stored parameters and without gradients of them: decoded cells
 * and draws, derivatives by z, the joint z.
 *
 * <p>Cells come in small blocks, each on the thread that asks, and features in tiles, so that no
 * matrix of cells x features exists but the one that is asked for.
 */
package org.regularizedvi.cpu.answer;
