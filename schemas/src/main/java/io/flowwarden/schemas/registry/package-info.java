/**
 * Client of a Confluent-compatible schema registry, and a small registry of our own for the
 * embedded mode. Both speak the REST API of Confluent Schema Registry, so Karapace and Apicurio
 * (`/apis/ccompat/v7`) work as well.
 */
package io.flowwarden.schemas.registry;
