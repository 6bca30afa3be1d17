/**
 * Single-cell counts and annotations: read from .h5ad and .h5mu files, held in memory, written back
 * as additions to a copy. What a user can get wrong is told in an {@link
 * org.regularizedvi.input.InputException}.
 */
package org.regularizedvi.formats;
