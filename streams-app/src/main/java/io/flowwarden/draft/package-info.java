/** A first estate from observed traffic: flows in, the text of an {@code estate.yaml} out. */
package io.flowwarden.draft;
