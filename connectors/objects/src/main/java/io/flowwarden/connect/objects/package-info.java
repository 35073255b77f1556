/**
 * Flow logs in objects to raw records: what the connectors for directories, S3 and Azure Blob
 * share. A store lists and opens; which objects are done is remembered in the offsets; a reader
 * thread turns objects to records, and the task hands them to Connect among its ticks.
 */
package io.flowwarden.connect.objects;
