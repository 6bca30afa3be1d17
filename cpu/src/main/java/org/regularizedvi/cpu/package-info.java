/** The engine that is fast on processors: our kernel, sparse products, tiles of genes. */
package org.regularizedvi.cpu;
