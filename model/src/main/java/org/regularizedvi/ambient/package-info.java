/** Takes profiles of ambient RNA out of files: tables, and matrices of all droplets of a run. */
package org.regularizedvi.ambient;
