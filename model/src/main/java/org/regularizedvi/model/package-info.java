/**
 * The Java API: a model of one modality or of several that is set up with cells, trained, saved and
 * loaded, and that answers questions about cells.
 *
 * <p>{@link org.regularizedvi.model.AmbientRegularizedSCVI} is a model of one modality and {@link
 * org.regularizedvi.model.RegularizedMultimodalVI} a model of several; {@link
 * org.regularizedvi.model.RegularizedModel} is what both can do, and loads either. docs/library.md
 * has a whole program.
 */
package org.regularizedvi.model;
