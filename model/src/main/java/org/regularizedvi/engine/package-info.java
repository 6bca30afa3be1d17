/**
 * The contract between a model and whoever computes it: an engine opens a model and then trains it
 * step by step, evaluates it, and encodes and decodes cells. Numbers go in and come out. Engines
 * are found by name as services and live in packages of their own, which nothing imports.
 */
package org.regularizedvi.engine;
