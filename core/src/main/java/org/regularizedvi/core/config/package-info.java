/**
 * What a user can choose: records that check themselves, named as the Python package names its
 * options.
 */
package org.regularizedvi.core.config;
