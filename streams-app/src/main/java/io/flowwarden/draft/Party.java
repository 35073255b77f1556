package io.flowwarden.draft;

import java.util.List;

/** An endpoint of the draft. */
record Party(String name, List<Host> hosts, List<String> roles, Site site) {}
