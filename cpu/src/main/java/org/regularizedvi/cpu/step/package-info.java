/** What a training step changes parameters by: their gradients, and Adam. */
package org.regularizedvi.cpu.step;
