package dev.discount.core.internal.kernel;

/** Placeholder of the first commit, replaced by the scalar twin. */
abstract class ScalarKernels implements Kernels {}
