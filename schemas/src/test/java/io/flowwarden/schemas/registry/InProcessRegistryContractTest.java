package io.flowwarden.schemas.registry;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class InProcessRegistryContractTest extends RegistryContract {
    private static InProcessRegistry registry;

    @BeforeAll
    static void start() throws IOException {
        registry = InProcessRegistry.start();
    }

    @AfterAll
    static void stop() {
        registry.close();
    }

    @Override
    String url() {
        return registry.url();
    }
}
