/** data. */
package org.regularizedvi.data;
