package dev.discount.nn;

/**
 * Where a model comes from; equal provenance and settings mean equal models. Immutable.
 *
 * @param dataSha256 the SHA-256 of the encoded rows it was trained and validated on, in hexadecimal
 * @param seed the seed of every draw
 * @param libraryVersion the version of this library
 * @param fma whether products were rounded once with their sum: a class of bits of its own
 */
public record Provenance(String dataSha256, long seed, String libraryVersion, boolean fma) {}
