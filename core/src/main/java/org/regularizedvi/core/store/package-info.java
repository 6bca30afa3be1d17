/**
 * Stores a model on disk: its weights as safetensors, everything else as JSON. It also reads the
 * folders of earlier versions. Nothing that is read is executed.
 */
package org.regularizedvi.core.store;
