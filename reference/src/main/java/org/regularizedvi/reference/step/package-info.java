/** Training as libtorch does it: a dense loss, differentiated by the library, and Adam. */
package org.regularizedvi.reference.step;
