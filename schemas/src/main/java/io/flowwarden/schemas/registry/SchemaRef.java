package io.flowwarden.schemas.registry;

import java.util.UUID;

/** How a record names the schema it was written with: V0 of the framing by number, V1 by GUID. */
public sealed interface SchemaRef {
    record Id(int id) implements SchemaRef {
        @Override
        public String toString() {
            return "schema id " + id;
        }
    }

    record Guid(UUID guid) implements SchemaRef {
        @Override
        public String toString() {
            return "schema guid " + guid;
        }
    }
}
