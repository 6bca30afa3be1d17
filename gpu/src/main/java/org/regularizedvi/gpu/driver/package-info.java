/**
 * The NVIDIA driver, as much of it as is called: a device, its memory, and launches of kernels. It
 * comes with every card; nothing else is needed.
 */
package org.regularizedvi.gpu.driver;
