/**
 * Holds the options that a user can choose, as records that check themselves. They have the names
 * that the Python package gives its options.
 */
package org.regularizedvi.core.config;
