package org.regularizedvi.formats.zarr;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Holds what a store says of one of its groups or arrays.
 *
 * @param version of the format, 2 or 3
 * @param attributes an object, maybe empty
 */
record Node(boolean array, int version, Fields metadata, JsonNode attributes) {}
