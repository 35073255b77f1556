/** Flows that another collector has decoded. */
package io.flowwarden.decode.avro;
