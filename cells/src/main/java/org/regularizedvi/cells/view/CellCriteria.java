package org.regularizedvi.cells.view;
