package org.regularizedvi.formats.hierarchy;

import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Says what is to be written into a container.
 *
 * @param beginning text at the very beginning, where the container has a place for it; may be empty
 * @param bytes a bound for the number of bytes written
 * @param fill writes it
 * @param check looks at what was written and throws when it is not as it should be
 */
public record HierarchyContent(
    String beginning, long bytes, Consumer<HierarchyOutput> fill, Consumer<Path> check) {}
