package org.regularizedvi.gpu.driver;

import java.lang.foreign.MemorySegment;

/**
 * A function of the module that runs on the card.
 *
 * @param name its name
 * @param address what the driver knows it by
 * @param sharedBytes shared memory that each block of it has
 */
public record Kernel(String name, MemorySegment address, int sharedBytes) {}
