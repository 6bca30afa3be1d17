/** What training finds of the truth behind simulated cells. */
package org.regularizedvi.recovery;
