/** Calls of the operating system that the JDK does not have, through the C library. */
package org.regularizedvi.files.system;
