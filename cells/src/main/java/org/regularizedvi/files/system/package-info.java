/** What the operating system can and the JDK cannot, through the C library. */
package org.regularizedvi.files.system;
