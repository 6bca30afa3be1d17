/** Threads that share out the work of a step, pieces that it is cut into, and where time goes. */
package org.regularizedvi.cpu.work;
