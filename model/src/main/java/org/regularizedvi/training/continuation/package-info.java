/**
 * What an interrupted training leaves on disk, and how the same command goes on from it to the same
 * bits. Not to be mistaken for going on to train a finished model ({@code --resume-from}), which is
 * a new training that starts from that model's parameters.
 */
package org.regularizedvi.training.continuation;
