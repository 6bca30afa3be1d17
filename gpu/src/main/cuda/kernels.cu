// Everything that runs on a card, in one module.
#include "head.cu"
#include "wide.cu"
#include "linear.cu"
#include "layers.cu"
#include "posterior.cu"
#include "joint.cu"
#include "genes.cu"
#include "small.cu"
