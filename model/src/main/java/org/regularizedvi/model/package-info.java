/** model. */
package org.regularizedvi.model;
