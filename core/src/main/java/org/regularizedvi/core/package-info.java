/**
 * Says what a model is, apart from how it is computed. Nothing in this module knows an engine or a
 * file format.
 */
package org.regularizedvi.core;
