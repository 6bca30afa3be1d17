package org.regularizedvi.formats.zarr;

import java.nio.ByteOrder;
import java.util.Optional;

/**
 * Says where in a record a field lies, and how.
 *
 * @param name of the field; empty where it only fills a gap
 * @param offset of its first byte in the record
 * @param order of its bytes, where it is not that of the whole array
 */
record RecordField(String name, int offset, ElementFormat format, Optional<ByteOrder> order) {}
