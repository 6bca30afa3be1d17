/** cli. */
package org.regularizedvi.cli;
