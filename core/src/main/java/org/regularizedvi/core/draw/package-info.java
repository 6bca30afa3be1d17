/** What is drawn at random, and under which name the generator knows it. */
package org.regularizedvi.core.draw;
