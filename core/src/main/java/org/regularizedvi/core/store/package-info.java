/**
 * How a model lies on disk: weights as safetensors, everything else as JSON. Nothing read is ever
 * executed.
 */
package org.regularizedvi.core.store;
