/** What the operating system has and the JDK does not: calls of its own, and native libraries. */
package org.regularizedvi.files.system;
