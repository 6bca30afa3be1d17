/** What a user did wrong, in a sentence. */
package org.regularizedvi.input;
