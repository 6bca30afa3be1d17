/** What a model takes from its data before training. */
package org.regularizedvi.core.start;
