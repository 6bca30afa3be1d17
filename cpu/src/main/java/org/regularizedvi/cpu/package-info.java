/**
 * The engines that compute with libtorch and our kernel on processors: a fast one and a plain one.
 */
package org.regularizedvi.cpu;
