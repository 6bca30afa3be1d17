/**
 * The engine on NVIDIA cards: it trains models by {@link org.regularizedvi.gpu.step.DeviceStep}
 * answers some questions to them, and leaves the others to the engine on processors. Nothing
 * imports it; it is found as a service.
 */
package org.regularizedvi.gpu;
