package org.regularizedvi.gpu.driver;

import java.lang.foreign.MemorySegment;

/**
 * A function of the module that runs on the card.
 *
 * @param name its name
 * @param address what the driver knows it by
 * @param sharedBytes shared memory that a block of it may ask for
 */
public record Kernel(String name, MemorySegment address, int sharedBytes) {}
