/** What the demonstration measures of its result. */
package org.regularizedvi.cli.demo;
