/**
 * Keeps checkpoints of a training on disk, from which the same command continues an interrupted
 * training to the same bits. Do not mistake this for training a finished model further ({@code
 * --resume-from}), which is a new training that starts from that model's parameters.
 */
package org.regularizedvi.training.continuation;
