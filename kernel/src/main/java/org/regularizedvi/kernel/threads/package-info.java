/** Threads that share out tasks, so that no result depends on how many there are. */
package org.regularizedvi.kernel.threads;
