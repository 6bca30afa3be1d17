/** kernel. */
package org.regularizedvi.kernel;
