/** The two-site scenario that {@code flowwarden demo} plays, and the exporter that plays it. */
package io.flowwarden.demo;
