/** What is asked of a trained model, and what it answers: records of numbers and names. */
package org.regularizedvi.core.result;
