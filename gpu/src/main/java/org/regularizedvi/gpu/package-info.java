/**
 * The engine on NVIDIA cards: it trains models by {@link org.regularizedvi.gpu.step.DeviceStep} and
 * leaves questions to the engine on processors. Nothing imports it; it is found as a service.
 */
package org.regularizedvi.gpu;
