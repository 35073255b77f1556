package io.flowwarden.schemas.registry;

import io.flowwarden.testkit.Apicurio;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class ApicurioContractIT extends RegistryContract {
    private static Apicurio server;

    @BeforeAll
    static void start() throws Exception {
        server = Apicurio.start();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Override
    String url() {
        return server.url();
    }
}
