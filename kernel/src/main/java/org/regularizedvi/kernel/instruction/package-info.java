/**
 * What the JVM has instructions for on this processor: what it has none for it makes of objects,
 * hundreds of times as slowly. Nobody else asks it.
 */
package org.regularizedvi.kernel.instruction;
