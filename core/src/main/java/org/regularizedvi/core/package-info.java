/** What a model is, apart from how it is computed. */
package org.regularizedvi.core;
