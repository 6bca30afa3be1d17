/**
 * Cells prepared for several runs, in a folder that {@code prepare} makes: their counts packed in a
 * {@link org.regularizedvi.cells.store.CountStore}, of which any cells are read when they are asked
 * for; their tables as AnnData or MuData without counts; and {@link
 * org.regularizedvi.formats.prepared.Manifest}, which says what there is and what it was made of
 * (DECISIONS/0022).
 */
package org.regularizedvi.formats.prepared;
