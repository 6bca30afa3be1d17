/**
 * Outputs that appear whole or not at all, the locks that guard them, and files for what does not
 * fit into memory.
 */
package org.regularizedvi.files;
