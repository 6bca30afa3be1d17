/**
 * The engine that computes models by libtorch's plain operations: slow, easy to read, and the
 * definition that other engines are held to.
 */
package org.regularizedvi.reference;
