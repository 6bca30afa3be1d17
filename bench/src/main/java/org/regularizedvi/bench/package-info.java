/** bench. */
package org.regularizedvi.bench;
