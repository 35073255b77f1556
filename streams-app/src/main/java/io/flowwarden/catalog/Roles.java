package io.flowwarden.catalog;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The one vocabulary of roles that catalog and estate speak. A role's kind decides what a flow that
 * no rule pairs may mean: an infrastructure host has no business but the catalog's, an open one has
 * its own as well, an external one stands outside and nobody lists its addresses.
 */
public final class Roles {
    /** What else a host of this role may be doing. */
    public enum Kind {
        OPEN,
        EXTERNAL,
        INFRASTRUCTURE,
        /** Not a role that an endpoint declares: {@link #LISTED}. */
        PSEUDO
    }

    /** Every endpoint of the estate has it. */
    public static final String LISTED = "listed";

    /**
     * Family of esx-host and esxi-host, and a role of its own: what a row says that prints
     * ESX/ESXi.
     */
    public static final String HYPERVISOR = "hypervisor";

    private static final Map<String, Kind> KINDS = new LinkedHashMap<>();

    static {
        all(
                Kind.OPEN,
                "browser client-pc thin-client vsphere-client view-client vco-client converter-client");
        all(
                Kind.OPEN,
                "vdr-client-plugin srm-api-client ssh-client ftp-client guest-vm windows-vm linux-vm");
        all(
                Kind.OPEN,
                "windows-server linux-server source-machine target-machine converter-source");
        all(Kind.OPEN, "consolidation-target view-agent");
        all(Kind.EXTERNAL, "azure-active-directory azure-storage-account jetstream-metering-site");
        all(Kind.EXTERNAL, "update-metadata-site avs-run-command");
        all(
                Kind.INFRASTRUCTURE,
                "hypervisor esxi-host esx-host xenserver vcenter-server vr-appliance");
        all(
                Kind.INFRASTRUCTURE,
                "vr-management-server vr-server jetstream-msa jetstream-drva jetstream-rocva");
        all(
                Kind.INFRASTRUCTURE,
                "jetstream-revm backup-proxy platespin-server appspeed-server appspeed-probe");
        all(Kind.INFRASTRUCTURE, "vcb-proxy converter-server converter-helper-vm vdr-appliance");
        all(Kind.INFRASTRUCTURE, "lab-manager-server vco-server srm-server stage-manager-server");
        all(
                Kind.INFRASTRUCTURE,
                "update-manager-server view-connection-server view-security-server");
        all(
                Kind.INFRASTRUCTURE,
                "license-server active-directory-server ldap-server dns-server ntp-server");
        all(
                Kind.INFRASTRUCTURE,
                "smtp-server snmp-manager syslog-server ftp-server ssh-server nfs-server");
        all(
                Kind.INFRASTRUCTURE,
                "smb-server iscsi-target mssql-server oracle-server db2-server mysql-server");
        all(Kind.INFRASTRUCTURE, "postgresql-server physical-switch virtual-router");
        all(Kind.PSEUDO, LISTED);
    }

    private Roles() {}

    /** Every role name, {@link #LISTED} included. */
    public static Set<String> names() {
        return Collections.unmodifiableSet(KINDS.keySet());
    }

    /** Kind of a role, or null where there is no such role. */
    public static Kind kind(String role) {
        return KINDS.get(role);
    }

    /** The family that a role also plays, or null. */
    public static String family(String role) {
        return role.equals("esx-host") || role.equals("esxi-host") ? HYPERVISOR : null;
    }

    private static void all(Kind kind, String names) {
        for (String name : names.split(" ")) {
            KINDS.put(name, kind);
        }
    }
}
