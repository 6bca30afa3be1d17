/**
 * Benchmarks of training steps, embedding and attribution. docs/performance.md has their figures;
 * nothing depends on them.
 */
package org.regularizedvi.bench;
