/** Says which features of a file are modelled: those that are named, common enough, or variable. */
package org.regularizedvi.core.feature;
