/**
 * Workers of one training that are processes, each a task of a barrier stage: how they find each
 * other, and how they exchange pieces of memory over Spark's own transport.
 */
package org.regularizedvi.spark.peers;
